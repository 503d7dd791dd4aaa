import { checkNumber, checkOptions, checkTensor, concat, ShapeError, showShape, stack, type Tensor } from '@nn/tensor';
import { anglesOf, type PositionOffset } from './position-angles.ts';

/** The options of `rotaryPositions`. */
export interface RotaryPositionsOptions {
  /** How many numbers of each row turn, an even number; all unless given. The others stay. */
  readonly rotaryWidth?: number;
  /** The base of the wavelengths; 10000 unless given. */
  readonly base?: number;
  /** Which numbers are a pair: neighbours, `interleaved` (as given without it), or those of the first and second `half`. */
  readonly layout?: 'interleaved' | 'half';
}

/** Turns rows by their positions. A plain function, for queries and keys. */
export type RotaryPositions = (x: Tensor, call?: PositionOffset) => Tensor;

/**
 * Rotary positions: each pair of numbers of a row turns by an angle that grows with the row's position, so that products of
 * queries and keys depend on their distance only.
 *
 *   (a, b) → (a cos θ − b sin θ, a sin θ + b cos θ)      θ = (t + offset) · base^(−2i / rotaryWidth), pair i at time t
 *
 * @returns  a function of x [..., time, width] that keeps the shape; `multiHeadAttention` takes it as `rotary`
 * @throws RangeError, TypeError when a number or an option does not fit
 * @throws ShapeError when the width of x is odd, or below rotaryWidth
 * @example String(rotaryPositions()(tensor([[1, 0], [1, 0]])))   // [[1.         0.        ]\n [0.5403023  0.84147096]]
 * @see Su et al., RoFormer: Enhanced Transformer with Rotary Position Embedding (2021)
 */
/* @__NO_SIDE_EFFECTS__ */
export function rotaryPositions(options: RotaryPositionsOptions = {}): RotaryPositions {
  const caller = 'rotaryPositions';
  const given = checkOptions(caller, options, ['rotaryWidth', 'base', 'layout']);
  const { rotaryWidth, base = 10_000, layout = 'interleaved' } = given;
  const even = rotaryWidth === undefined || (Number.isInteger(rotaryWidth) && rotaryWidth > 0 && rotaryWidth % 2 === 0);
  checkNumber(caller, 'rotaryWidth', rotaryWidth ?? 0, even, 'an even positive integer');
  checkNumber(caller, 'base', base, base > 0 && base < Infinity, 'a positive number');
  if (layout !== 'interleaved' && layout !== 'half') {
    throw new TypeError(`${caller}: layout is '${String(layout)}'. It is 'interleaved' or 'half'.`);
  }
  return (x, call = {}) => {
    const { offset = 0 } = checkOptions(caller, call, ['offset']);
    const [time, full] = checkTensor(x, caller).shape.slice(-2);
    const width = rotaryWidth ?? full;
    if (time === undefined || full === undefined || width! > full || width! % 2 === 1) {
      throw new ShapeError(
        `${caller} takes [..., time, width] with an even width${rotaryWidth ? ` of at least ${rotaryWidth}` : ''}, ` +
          `got ${showShape(x.shape)}. Choose an even width for each head.`,
      );
    }
    const pairs = width! / 2;
    const angles = anglesOf(time, pairs, base, offset);
    const [cos, sin] = [angles.cos().cast(x.dtype), angles.sin().cast(x.dtype)];
    const columns = (from: number, to: number, step = 1): Tensor =>
      x.slice(...x.shape.slice(1).map(() => [] as const), [from, to, step]) as Tensor;
    const [a, b] =
      layout === 'half' ? [columns(0, pairs), columns(pairs, width!)] : [columns(0, width!, 2), columns(1, width!, 2)];
    const turned: readonly Tensor[] = [a.mul(cos).sub(b.mul(sin)), a.mul(sin).add(b.mul(cos))];
    const rotated: Tensor =
      layout === 'half' ? concat(turned, -1) : (stack(turned, -1).reshape([...x.shape.slice(0, -1), width!]) as Tensor);
    return width === full ? rotated : (concat([rotated, columns(width!, full)], -1) as Tensor);
  };
}
