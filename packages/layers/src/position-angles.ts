import { arange, type Tensor, tensor } from '@nn/tensor';

/** Where the first row of x stands. */
export interface PositionOffset {
  /** The position of the first row; 0 unless given. A tensor of one integer may change from step to step. */
  readonly offset?: number | Tensor;
}

/**
 * The angles of sinusoidal and rotary positions, θ[t, i] = (t + offset) · base^(−i / count), float64 [time, count]. float32
 * would lose a thousandth of a turn at position 10,000.
 */
export function anglesOf(time: number, count: number, base: number, offset: number | Tensor): Tensor {
  const frequencies = Array.from({ length: count }, (_, at) => base ** (-at / count));
  const positions: Tensor = arange(time).expandDims(-1).add(offset);
  return positions.cast('float64').mul(tensor(frequencies, { dtype: 'float64' }));
}
