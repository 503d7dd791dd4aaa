import {
  checkOptions,
  DTypeError,
  fromTypedArray,
  permutation,
  type Random,
  type Shape,
  ShapeError,
  type Tensor,
} from '@nn/tensor';
import { apportion } from './apportion.ts';
import { type Dataset, type Parted, pickRows, rowsOf } from './dataset.ts';
import { classRows, type Order, orderOf, shufflerOf } from './partition.ts';

/** The options of `trainTestSplit`. */
export type TrainTestSplit = Order & {
  /** The size of the test part: a fraction of the rows, or how many. Without it the rest, or a quarter. */
  readonly test?: number;
  /** The size of the training part: a fraction of the rows, or how many. Without it the rest. */
  readonly train?: number;
  /** Keep the proportions of the classes in both parts. Then y must hold class indices. */
  readonly stratify?: boolean;
};

/**
 * Divides the rows at random into a training part and a test part.
 *
 * Gives the same rows as `train_test_split` of scikit-learn. A fraction is rounded up for the test part and down for the
 * training part. With `shuffle: false` the first rows are the training part and the next ones the test part.
 *
 * @param data             x and y with equally many rows
 * @param options.test     a fraction between 0 and 1, or a number of rows
 * @param options.train    likewise
 * @param options.random   shuffles the rows
 * @param options.stratify keep the proportions of the classes in both parts
 * @returns { train, test }, each { x, y }
 * @throws ShapeError when a part would be empty, both exceed the data, or a class is too small to be in both parts
 * @throws DTypeError when no generator is given and the order is not kept, or y holds no classes to stratify by
 * @example String(trainTestSplit({ x: arange(8), y: arange(8) }, { test: 0.25, random: randomState(0) }).test.x)   // [6 2]
 */
export function trainTestSplit<X extends Shape, Y extends Shape>(
  data: Dataset<X, Y>,
  options: TrainTestSplit,
): Parted<X, Y> {
  checkOptions('trainTestSplit', options, ['test', 'train', 'stratify', 'random', 'shuffle']);
  const rows = rowsOf(data, 'trainTestSplit');
  const random = shufflerOf(options, 'trainTestSplit');
  const sizes = partSizes(rows, options);
  const { train, test } = options.stratify ? byClass(data, sizes, random) : byOrder(rows, sizes, random);
  return { train: pickRows(data, train), test: pickRows(data, test) };
}

interface Sizes {
  readonly train: number;
  readonly test: number;
}

function byOrder(rows: number, { train, test }: Sizes, random: Random | undefined): Indices {
  const order = orderOf(rows, random);
  if (random) return { test: order.slice([0, test]), train: order.slice([test, test + train]) };
  return { train: order.slice([0, train]), test: order.slice([train, train + test]) };
}

/** The rows of each part. */
interface Indices {
  readonly train: Tensor;
  readonly test: Tensor;
}

/** Divides the rows of each class in proportion to the sizes of the parts. */
function byClass(data: Dataset, sizes: Sizes, random: Random | undefined): Indices {
  if (!random) {
    throw new DTypeError(
      'trainTestSplit: stratify shuffles the rows of each class and cannot keep their order. Leave out shuffle: false, or stratify.',
    );
  }
  const classes = classRows(data.y, 'trainTestSplit').sort((a, b) => a.label - b.label);
  const counts = classes.map(({ rows }) => rows.length);
  const lone = classes.find(({ rows }) => rows.length < 2);
  if (lone) {
    throw new ShapeError(
      `trainTestSplit: to be in both parts a class needs 2 rows, but class ${lone.label} has 1. Add rows of it, or leave out stratify.`,
    );
  }
  const least = Math.min(sizes.train, sizes.test);
  if (least < classes.length) {
    throw new ShapeError(
      `trainTestSplit: each part must have room for ${classes.length} classes, but the smaller one has ${least} rows. Make it larger, or leave out stratify.`,
    );
  }
  const toTrain = apportion(counts, sizes.train, random);
  const toTest = apportion(
    counts.map((count, at) => count - toTrain[at]!),
    sizes.test,
    random,
  );
  const [train, test]: [number[], number[]] = [[], []];
  for (const [at, { rows }] of classes.entries()) {
    const shuffled = Array.from(permutation(random, rows.length).data, (index) => rows[index]!);
    train.push(...shuffled.slice(0, toTrain[at]));
    test.push(...shuffled.slice(toTrain[at], toTrain[at]! + toTest[at]!));
  }
  return { train: shuffledRows(train, random), test: shuffledRows(test, random) };
}

function shuffledRows(rows: readonly number[], random: Random): Tensor {
  return fromTypedArray(Int32Array.from(rows), [rows.length]).take(permutation(random, rows.length), 0);
}

function partSizes(rows: number, { test, train }: { readonly test?: number; readonly train?: number }): Sizes {
  const testPart = test === undefined ? undefined : partSize(test, rows, 'test', Math.ceil);
  const trainPart = train === undefined ? undefined : partSize(train, rows, 'train', Math.floor);
  const testRows = testPart ?? (trainPart === undefined ? Math.ceil(rows / 4) : rows - trainPart);
  const trainRows = trainPart ?? rows - testRows;
  if (testRows + trainRows > rows) {
    throw new ShapeError(
      `trainTestSplit: ${trainRows} rows for training and ${testRows} for testing are more than the ${rows} rows of the data. Make one part smaller.`,
    );
  }
  if (testRows < 1 || trainRows < 1) {
    throw new ShapeError(
      `trainTestSplit: of ${rows} rows ${trainRows} would be for training and ${testRows} for testing; each part needs at least one. ` +
        `Choose test between 0 and 1, or as a number of rows below ${rows}.`,
    );
  }
  return { train: trainRows, test: testRows };
}

function partSize(part: number, rows: number, name: string, round: (size: number) => number): number {
  if (part > 0 && part < 1) return round(part * rows);
  if (Number.isInteger(part) && part >= 1 && part <= rows) return part;
  throw new ShapeError(
    `trainTestSplit: ${name} must be a fraction between 0 and 1, or a number of rows up to ${rows}, got ${part}. Write ${name}: 0.25 for a quarter.`,
  );
}
