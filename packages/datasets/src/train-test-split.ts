import { DTypeError, fromTypedArray, permutation, type Random, type Shape, ShapeError, type Tensor } from '@nn/tensor';
import { apportion } from './apportion.ts';
import { classRows } from './class-rows.ts';
import { type Dataset, type Parted, pickRows, rowsOf } from './dataset.ts';
import { type Order, orderOf, shufflerOf } from './order.ts';

/** What `trainTestSplit` takes besides the order. */
export type TrainTestSplit = Order & {
  /** The part to hold back: a fraction of the rows, or how many; what is left over, or a quarter, when left out. */
  readonly test?: number;
  /** The part to learn from: a fraction of the rows, or how many; what is left over when left out. */
  readonly train?: number;
  /** Shall both parts have every class in the same proportion? Then y must hold class indices. */
  readonly stratify?: boolean;
};

/**
 * Parts the rows at random: some to learn from, some to be judged by.
 *
 * Row for row `train_test_split` of scikit-learn. A fraction is rounded up for the test part, down for the training
 * part. With `shuffle: false` the first rows are to learn from and the next ones to be judged by.
 *
 * @param data             x and y with equally many rows
 * @param options.test     a fraction between 0 and 1, or a number of rows
 * @param options.train    likewise
 * @param options.random   where the order comes from
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

/** Every class gives each part its share. */
function byClass(data: Dataset, sizes: Sizes, random: Random | undefined): Indices {
  if (!random) {
    throw new DTypeError(
      'trainTestSplit: stratify shuffles the rows of each class and cannot keep their order. Leave shuffle: false away, or stratify.',
    );
  }
  const classes = classRows(data.y, 'trainTestSplit').sort((a, b) => a.label - b.label);
  const counts = classes.map(({ rows }) => rows.length);
  const lone = classes.find(({ rows }) => rows.length < 2);
  if (lone) {
    throw new ShapeError(
      `trainTestSplit: to be in both parts a class needs 2 rows, but class ${lone.label} has 1. Add rows of it, or leave stratify away.`,
    );
  }
  const least = Math.min(sizes.train, sizes.test);
  if (least < classes.length) {
    throw new ShapeError(
      `trainTestSplit: each part must have room for ${classes.length} classes, but the smaller one has ${least} rows. Make it larger, or leave stratify away.`,
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
    const mixed = Array.from(permutation(random, rows.length).data, (index) => rows[index]!);
    train.push(...mixed.slice(0, toTrain[at]));
    test.push(...mixed.slice(toTrain[at], toTrain[at]! + toTest[at]!));
  }
  return { train: mix(train, random), test: mix(test, random) };
}

function mix(rows: readonly number[], random: Random): Tensor {
  return fromTypedArray(Int32Array.from(rows), [rows.length]).take(permutation(random, rows.length), 0);
}

function partSizes(rows: number, { test, train }: { readonly test?: number; readonly train?: number }): Sizes {
  const held = test === undefined ? undefined : partSize(test, rows, 'test', Math.ceil);
  const learned = train === undefined ? undefined : partSize(train, rows, 'train', Math.floor);
  const heldRows = held ?? (learned === undefined ? Math.ceil(rows / 4) : rows - learned);
  const learnedRows = learned ?? rows - heldRows;
  if (heldRows + learnedRows > rows) {
    throw new ShapeError(
      `trainTestSplit: ${learnedRows} rows to train and ${heldRows} to test are more than the ${rows} there are. Make one part smaller.`,
    );
  }
  if (heldRows < 1 || learnedRows < 1) {
    throw new ShapeError(
      `trainTestSplit: of ${rows} rows ${learnedRows} would be to train and ${heldRows} to test; each part needs at least one. ` +
        `Choose test between 0 and 1, or as a number of rows below ${rows}.`,
    );
  }
  return { train: learnedRows, test: heldRows };
}

function partSize(part: number, rows: number, name: string, round: (size: number) => number): number {
  if (part > 0 && part < 1) return round(part * rows);
  if (Number.isInteger(part) && part >= 1 && part <= rows) return part;
  throw new ShapeError(
    `trainTestSplit: ${name} is a fraction between 0 and 1, or a whole number of rows up to ${rows}, got ${part}. Write ${name}: 0.25 for a quarter.`,
  );
}
