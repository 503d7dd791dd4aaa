import { checkOptions, concat, fromTypedArray, permutation, ShapeError, tensor, type Tensor } from '@nn/tensor';
import { evenParts } from './apportion.ts';
import { type Dataset, pickRows } from './dataset.ts';
import { checkCount, checkDrawing, checkFinite, type Shuffling } from './drawing.ts';

/** The options of `blobs`. */
export interface Blobs extends Shuffling {
  /** How many points: in all, or of each class. */
  readonly samples?: number | readonly number[];
  /** How many coordinates a point has; the centers tell when they are given. */
  readonly features?: number;
  /** How many centers to draw, or the centers themselves. */
  readonly centers?: number | readonly (readonly number[])[];
  /** The standard deviation around the centers: of all clouds, or of each. */
  readonly standardDeviation?: number | readonly number[];
  /** The centers are drawn uniformly from low to high in every coordinate. */
  readonly centerBox?: readonly [low: number, high: number];
}

/**
 * Round clouds of points, one class each.
 *
 *   x = center of the class + standardDeviation · randn
 *
 * Draws the same numbers as `make_blobs` of scikit-learn: the centers, the clouds one by one, then the order of the rows.
 *
 * @param options.samples    points in all, the first classes get one more when they do not divide evenly; or of each class
 * @param options.centers    how many to draw (3, or as many as there are counts), or the centers themselves
 * @param options.standardDeviation  standard deviation of the clouds, one for all or one each
 * @param options.centerBox  [low, high]: the range that the coordinates of the centers are drawn from
 * @returns x [samples, features], y [samples] of 0 … classes − 1, centers [classes, features]
 * @throws ShapeError when a count, a standard deviation or the lists of centers do not fit
 * @throws DTypeError when dtype is neither float32 nor float64
 * @example String(blobs({ samples: [2, 3], shuffle: false, random: randomState(0) }).y)   // [0 0 1 1 1]
 */
export function blobs(
  options: Blobs,
): Dataset<[number, number], [number]> & { readonly centers: Tensor<[number, number]> } {
  const {
    samples = 100,
    features = 2,
    centers = typeof samples === 'number' ? 3 : samples.length,
    standardDeviation = 1,
    centerBox: [low, high] = [-10, 10],
    shuffle = true,
    random,
    dtype = 'float32',
  } = checkOptions('blobs', options, [
    'samples',
    'features',
    'centers',
    'standardDeviation',
    'centerBox',
    'shuffle',
    'random',
    'dtype',
  ]);
  checkDrawing(random, dtype, 'blobs');
  const classes = checkCount(typeof centers === 'number' ? centers : centers.length, 'centers', 'blobs');
  const columns = checkCount(typeof centers === 'number' ? features : centers[0]!.length, 'features', 'blobs');
  const counts = typeof samples === 'number' ? evenParts(checkCount(samples, 'samples', 'blobs'), classes) : samples;
  const deviations = typeof standardDeviation === 'number' ? counts.map(() => standardDeviation) : standardDeviation;
  for (const [name, list] of Object.entries({ samples: counts, standardDeviation: deviations })) {
    if (list.length !== classes) {
      throw new ShapeError(
        `blobs: ${name} and centers must be equally many, got ${list.length} and ${classes}. Give one per class.`,
      );
    }
  }
  for (const count of counts) checkCount(count, 'samples', 'blobs', 0);
  for (const each of deviations) checkFinite(each, 'standardDeviation', 'blobs', 0);
  checkFinite(low, 'centerBox[0]', 'blobs');
  checkFinite(high, 'centerBox[1]', 'blobs', low);

  const middle =
    typeof centers === 'number'
      ? random.uniform([classes, columns], { low, high, dtype: 'float64' })
      : tensor(centers, { dtype: 'float64' });
  const clouds = counts.map((count, label) =>
    random.normal([count, columns], { dtype: 'float64' }).mul(deviations[label]!).add(middle.slice(label)),
  );
  const labels = Int32Array.from(counts.flatMap((count, label) => Array.from({ length: count }, () => label)));
  const sorted: Dataset = { x: concat(clouds), y: fromTypedArray(labels, [labels.length]) };
  const { x, y } = shuffle ? pickRows(sorted, permutation(random, labels.length)) : sorted;
  return {
    x: x.cast(dtype) as Tensor<[number, number]>,
    y: y as Tensor<[number]>,
    centers: middle.cast(dtype) as Tensor<[number, number]>,
  };
}
