import { checkOptions, integers, stack, tensor, type Tensor } from '@nn/tensor';
import type { Dataset } from './dataset.ts';
import { checkCount, checkDrawing, checkFinite } from './drawing.ts';
import { inSpace, type Sheet } from './sheet.ts';

/**
 * A sheet in space, rolled up. The position along the roll is y.
 *
 *   t = 1.5π … 4.5π,  x = (t cos t, 0 … 21, t sin t) + noise · randn
 *
 * Draws the same numbers as `make_swiss_roll` of scikit-learn, which calls y t. The noise is drawn even when it is 0.
 *
 * @param options.hole  leave out the middle ninth of the sheet
 * @returns x [samples, 3], y [samples, 1], the position t of each point
 * @throws RangeError when samples is not a positive integer, or noise is negative
 * @throws DTypeError when dtype is neither float32 nor float64
 * @example swissRoll({ samples: 5, random: randomState(0) }).x.shape.join(' ')   // 5 3
 */
export function swissRoll(options: Sheet & { readonly hole?: boolean }): Dataset<[number, 3], [number, 1]> {
  const {
    samples = 100,
    noise = 0,
    hole = false,
    random,
    dtype = 'float32',
  } = checkOptions('swissRoll', options, ['samples', 'noise', 'hole', 'random', 'dtype']);
  checkDrawing(random, dtype, 'swissRoll');
  checkCount(samples, 'samples', 'swissRoll');
  checkFinite(noise, 'noise', 'swissRoll', 0);
  const double = { dtype: 'float64' } as const;
  let t: Tensor;
  let width: Tensor;
  if (hole) {
    // The sheet is nine tiles; a point lies on one of the eight around the middle.
    const tile = tensor(tiles, double).take(integers(random, [samples], { high: 8 }), 0);
    const inside = random.uniform([2, samples], double);
    t = tile.slice([], 0).add(inside.slice(0).mul(Math.PI));
    width = tile.slice([], 1).add(inside.slice(1).mul(7));
  } else {
    t = random
      .uniform([samples], double)
      .mul(2)
      .add(1)
      .mul(1.5 * Math.PI);
    width = random.uniform([samples], double).mul(21);
  }
  const sheet = stack([t.mul(t.cos()), width, t.mul(t.sin())]);
  return inSpace(sheet, t, random.normal([3, samples], double).mul(noise), dtype);
}

/** Where each of the eight tiles begins: along the roll, and across. */
const tiles: readonly (readonly [number, number])[] = [
  [1.5 * Math.PI, 0],
  [1.5 * Math.PI, 7],
  [1.5 * Math.PI, 14],
  [2.5 * Math.PI, 0],
  [2.5 * Math.PI, 14],
  [3.5 * Math.PI, 0],
  [3.5 * Math.PI, 7],
  [3.5 * Math.PI, 14],
];
