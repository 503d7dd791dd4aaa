import { checkTensor, type Shape, ShapeError, type Tensor } from '@nn/tensor';

/**
 * Samples to learn from, one per row: along the first axis of `x` and of `y`.
 *
 * `x` holds the inputs of a model and `y` the targets: the class index of each row, int32 of shape [N], or numbers of shape
 * [N, targets].
 */
export interface Dataset<X extends Shape = Shape, Y extends Shape = Shape> {
  readonly x: Tensor<X>;
  readonly y: Tensor<Y>;
}

/** A training part and a test part. */
export interface Parted<X extends Shape = Shape, Y extends Shape = Shape> {
  readonly train: Dataset<AnyRows<X>, AnyRows<Y>>;
  readonly test: Dataset<AnyRows<X>, AnyRows<Y>>;
}

/** The same shape with any number of rows. */
export type AnyRows<S extends Shape> = S extends readonly [number, ...infer Rest extends Shape]
  ? [number, ...Rest]
  : Shape;

/**
 * How many rows there are.
 *
 * @throws DTypeError when x or y is no tensor
 * @throws ShapeError when x and y have different numbers of rows, or none
 */
export function rowsOf({ x, y }: Dataset, caller: string): number {
  for (const [name, each] of Object.entries({ x, y })) {
    if (checkTensor(each, caller).rank === 0) {
      throw new ShapeError(
        `${caller}: the first axis counts the rows, but ${name} is a scalar. Give it one value per row.`,
      );
    }
  }
  const [rows, answers] = [x.shape[0]!, y.shape[0]!];
  if (rows !== answers) {
    throw new ShapeError(
      `${caller}: x and y must have equally many rows, got ${rows} and ${answers}. Check that they belong together.`,
    );
  }
  if (rows === 0) {
    throw new ShapeError(
      `${caller}: there must be at least one row, got none. Check how the data was read or selected.`,
    );
  }
  return rows;
}

/** The rows at `indices`, in that order. */
export function pickRows<X extends Shape, Y extends Shape>(
  { x, y }: Dataset<X, Y>,
  indices: Tensor,
): Dataset<AnyRows<X>, AnyRows<Y>> {
  return {
    x: x.take(indices, 0) as Tensor as Tensor<AnyRows<X>>,
    y: y.take(indices, 0) as Tensor as Tensor<AnyRows<Y>>,
  };
}
