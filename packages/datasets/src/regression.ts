import { checkOptions, concat, permutation, type Tensor, zeros } from '@nn/tensor';
import { type Dataset, pickRows } from './dataset.ts';
import { checkCount, checkDrawing, checkFinite, type Shuffling } from './drawing.ts';

/** The options of `regression`. */
export interface Regression extends Shuffling {
  /** How many rows. */
  readonly samples?: number;
  /** How many columns of x. */
  readonly features?: number;
  /** How many of the columns have a coefficient other than 0. */
  readonly informative?: number;
  /** How many columns of y. */
  readonly targets?: number;
  /** What is added to every y. */
  readonly bias?: number;
  /** The standard deviation of the noise on y. */
  readonly noise?: number;
}

/**
 * Targets that are a linear function of normal columns.
 *
 *   y = x · coefficients + bias + noise · randn,  coefficients 0 … 100 for the informative columns, 0 for the others
 *
 * Draws the same numbers as `make_regression` of scikit-learn. The shapes keep all their axes: y is [samples, targets] for one
 * target too, so that it fits the output of a model.
 *
 * @param options.informative  how many columns have a coefficient other than 0, at most all
 * @param options.noise        standard deviation of the noise on y; 0 draws none
 * @returns x [samples, features], y [samples, targets], coefficients [features, targets]
 * @throws RangeError when a count is not a positive integer, or noise is negative
 * @throws DTypeError when dtype is neither float32 nor float64
 * @example regression({ samples: 5, features: 3, random: randomState(0) }).y.shape.join(' ')   // 5 1
 */
export function regression(
  options: Regression,
): Dataset<[number, number], [number, number]> & { readonly coefficients: Tensor<[number, number]> } {
  const {
    samples = 100,
    features = 100,
    informative = 10,
    targets = 1,
    bias = 0,
    noise = 0,
    shuffle = true,
    random,
    dtype = 'float32',
  } = checkOptions('regression', options, [
    'samples',
    'features',
    'informative',
    'targets',
    'bias',
    'noise',
    'shuffle',
    'random',
    'dtype',
  ]);
  checkDrawing(random, dtype, 'regression');
  checkCount(samples, 'samples', 'regression');
  checkCount(features, 'features', 'regression');
  checkCount(targets, 'targets', 'regression');
  const useful = Math.min(checkCount(informative, 'informative', 'regression', 0), features);
  checkFinite(bias, 'bias', 'regression');
  checkFinite(noise, 'noise', 'regression', 0);

  const double = { dtype: 'float64' } as const;
  const normal = random.normal([samples, features], double);
  const drawn = concat([
    random.uniform([useful, targets], double).mul(100),
    zeros([features - useful, targets], double),
  ]);
  const exact = normal.matmul(drawn).add(bias);
  const noisy = noise > 0 ? exact.add(random.normal([samples, targets], double).mul(noise)) : exact;
  let data: Dataset = { x: normal, y: noisy };
  let coefficients: Tensor = drawn;
  if (shuffle) {
    const { x, y } = pickRows(data, permutation(random, samples));
    const order = permutation(random, features);
    data = { x: x.take(order, 1), y };
    coefficients = drawn.take(order, 0);
  }
  return {
    x: data.x.cast(dtype) as Tensor<[number, number]>,
    y: data.y.cast(dtype) as Tensor<[number, number]>,
    coefficients: coefficients.cast(dtype) as Tensor<[number, number]>,
  };
}
