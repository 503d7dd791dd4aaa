import { fromTypedArray, type Tensor } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import { checkScatter, type Scatter } from './scatter.ts';

/**
 * A slanted plane over the square, for the simplest regression: a network without any bend fits it.
 *
 *   x = −1 … 1 evenly in both coordinates,  y = (x₁ + x₂) / 2 + noise · randn
 *
 * Two uniforms per point, then the noise.
 *
 * @param options.samples  points in all, 200 unless told otherwise
 * @param options.noise    standard deviation of the noise on y; none when left out
 * @returns x [samples, 2], y [samples, 1]
 * @throws ShapeError when samples is no whole number from 1 on, or noise is negative
 * @throws DTypeError when dtype is neither float32 nor float64, or there is no generator
 * @example plane({ samples: 4, random: randomState(0) }).y.shape.join(' ')   // 4 1
 */
export function plane(scatter: Scatter): Dataset<[number, 2], [number, 1]> {
  const samples = checkScatter(scatter, 'plane');
  const { random, noise, dtype = 'float32' } = scatter;
  const x = random.uniform([samples, 2], { low: -1, high: 1, dtype: 'float64' });
  const strayed = noise === undefined ? undefined : random.normal([samples], { dtype: 'float64' }).data;
  const y = Float64Array.from(
    { length: samples },
    (_, row) => (x.data[row * 2]! + x.data[row * 2 + 1]!) / 2 + (strayed ? strayed[row]! * noise! : 0),
  );
  return {
    x: x.cast(dtype) as Tensor<[number, 2]>,
    y: fromTypedArray(y, [samples, 1]).cast(dtype) as Tensor<[number, 1]>,
  };
}
