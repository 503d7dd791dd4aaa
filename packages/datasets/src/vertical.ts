import { checkOptions, fromTypedArray } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import { checkCount, checkDrawing, type Drawing } from './drawing.ts';
import { inPrecision } from './precision.ts';

/**
 * Clouds side by side, one per class, that vertical lines nearly separate.
 *
 *   x = (0.1 · randn + c/3, 0.1 · randn + 0.5)          for class c
 *
 * Draws the same numbers as `vertical_data` of the package nnfs: for each class all first coordinates, then all second ones. In
 * float32 every step is rounded, as nnfs does after its `init()`; both dtypes draw equally many numbers.
 *
 * @param options.samples  points per class
 * @returns x [classes · samples, 2], y [classes · samples] of 0 … classes − 1, sorted by class
 * @throws RangeError when samples or classes is not a positive integer
 * @throws DTypeError when dtype is neither float32 nor float64
 * @example String(vertical({ samples: 1, classes: 2, random: randomState(0) }).x)   // [[0.17640524 0.5400157 ]\n [0.43120715 0.7240893 ]]
 */
export function vertical(
  options: Drawing & { readonly samples?: number; readonly classes?: number },
): Dataset<[number, 2], [number]> {
  const {
    samples = 100,
    classes = 3,
    random,
    dtype = 'float32',
  } = checkOptions('vertical', options, ['samples', 'classes', 'random', 'dtype']);
  checkCount(samples, 'samples', 'vertical');
  checkCount(classes, 'classes', 'vertical');
  checkDrawing(random, dtype, 'vertical');
  const count = samples * classes;
  const x = new Float64Array(count * 2);
  const y = new Int32Array(count);
  for (let label = 0; label < classes; label++) {
    for (const [column, center] of [label / 3, 0.5].entries()) {
      const normals = random.normal([samples], { dtype: 'float64' }).data as Float64Array;
      const values = inPrecision(normals, [samples], dtype).mul(0.1).add(center).data;
      for (let sample = 0; sample < samples; sample++) x[(label * samples + sample) * 2 + column] = values[sample]!;
    }
    y.fill(label, label * samples, (label + 1) * samples);
  }
  return { x: inPrecision(x, [count, 2], dtype), y: fromTypedArray(y, [count]) };
}
