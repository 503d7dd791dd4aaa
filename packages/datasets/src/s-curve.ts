import { checkOptions, stack } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import { checkCount, checkDrawing, checkFinite } from './drawing.ts';
import { inSpace, type Sheet } from './sheet.ts';

/**
 * A sheet in space, bent into an S. The position along the S is y.
 *
 *   t = −3π/2 … 3π/2,  x = (sin t, 0 … 2, sign(t)(cos t − 1)) + noise · randn
 *
 * Draws the same numbers as `make_s_curve` of scikit-learn, which calls y t. The noise is drawn even when it is 0.
 *
 * @returns x [samples, 3], y [samples, 1], the position t of each point
 * @throws RangeError when samples is not a positive integer, or noise is negative
 * @throws DTypeError when dtype is neither float32 nor float64
 * @example sCurve({ samples: 5, random: randomState(0) }).x.shape.join(' ')   // 5 3
 */
export function sCurve(options: Sheet): Dataset<[number, 3], [number, 1]> {
  const {
    samples = 100,
    noise = 0,
    random,
    dtype = 'float32',
  } = checkOptions('sCurve', options, ['samples', 'noise', 'random', 'dtype']);
  checkDrawing(random, dtype, 'sCurve');
  checkCount(samples, 'samples', 'sCurve');
  checkFinite(noise, 'noise', 'sCurve', 0);
  const double = { dtype: 'float64' } as const;
  const t = random
    .uniform([samples], double)
    .sub(0.5)
    .mul(3 * Math.PI);
  const width = random.uniform([samples], double).mul(2);
  const sheet = stack([t.sin(), width, t.sign().mul(t.cos().sub(1))]);
  return inSpace(sheet, t, random.normal([3, samples], double).mul(noise), dtype);
}
