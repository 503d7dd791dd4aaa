import { fromTypedArray, type Tensor } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import { checkScatter, type Scatter } from './scatter.ts';

/**
 * A plane over the square, for the simplest regression: a linear network fits it.
 *
 *   x = −1 … 1 uniform in both coordinates,  y = (x₁ + x₂) / 2 + noise · randn
 *
 * Two uniforms per point, then the noise.
 *
 * @param options.samples  points in all, 200 unless given
 * @param options.noise    standard deviation of the noise on y; none when left out
 * @returns x [samples, 2], y [samples, 1]
 * @throws RangeError when samples is not a positive integer, or noise is negative
 * @throws DTypeError when dtype is neither float32 nor float64, or there is no generator
 * @example plane({ samples: 4, random: randomState(0) }).y.shape.join(' ')   // 4 1
 */
export function plane(scatter: Scatter): Dataset<[number, 2], [number, 1]> {
  const samples = checkScatter(scatter, 'plane');
  const { random, noise, dtype = 'float32' } = scatter;
  const x = random.uniform([samples, 2], { low: -1, high: 1, dtype: 'float64' });
  const drawn = noise === undefined ? undefined : random.normal([samples], { dtype: 'float64' }).data;
  const y = Float64Array.from(
    { length: samples },
    (_, row) => (x.data[row * 2]! + x.data[row * 2 + 1]!) / 2 + (drawn ? drawn[row]! * noise! : 0),
  );
  return {
    x: x.cast(dtype) as Tensor<[number, 2]>,
    y: fromTypedArray(y, [samples, 1]).cast(dtype) as Tensor<[number, 1]>,
  };
}
