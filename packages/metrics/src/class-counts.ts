import {
  checkLabels,
  checkTensor,
  ones,
  pad,
  ShapeError,
  showShape,
  tensor,
  type Tensor,
  where,
  zeros,
} from '@nn/tensor';
import { classIndices, type ClassIndices } from './class-indices.ts';
import type { MetricOptions } from './metric.ts';
import { checkWeights } from './score.ts';

/** Which classes there are, and how much each row counts. */
export interface ClassOptions extends MetricOptions {
  /**
   * How many classes there are, or a list of the classes to show, in that order. Without it there are as many as the
   * prediction or one-hot labels have columns, else as many as the largest class index needs.
   */
  readonly classes?: number | readonly number[] | undefined;
}

/** How often each class was predicted for each class. Row and column 0 count all classes that are not listed. */
export interface ClassCounts {
  /** [1 + classes, 1 + classes]: the right classes in rows, the predicted ones in columns; int32, or float64 with weights. */
  readonly counts: Tensor;
  /** [1 + classes]: how many rows have the class as their prediction, or label, or both; weights do not matter. */
  readonly occurrences: Tensor;
}

/**
 * Counts the rows of each class that were predicted to be of each class.
 *
 * @throws ShapeError when prediction and labels do not fit each other, a class index is out of range, or `classes` is not
 *   valid
 * @throws RangeError when the class probabilities of a label are negative or do not add up to 1
 * @throws DTypeError when class indices are not int32
 */
export function countClasses(
  caller: string,
  prediction: Tensor,
  labels: Tensor,
  { classes, weights }: ClassOptions,
): ClassCounts {
  const { rows, columns, size } = cellsOf(caller, classIndices(caller, prediction, labels), classes);
  if (weights !== undefined) checkWeights(caller, checkTensor(weights, caller), rows.size);
  const cells = rows.mul(size).add(columns);
  const added = (weight: Tensor): Tensor =>
    zeros([size * size], { dtype: weight.dtype })
      .scatterAdd(cells, weight, 0)
      .reshape([size, size]);
  const rowCounts = added(ones(rows.shape, { dtype: 'int32' }));
  const counts = weights === undefined ? rowCounts : added(weights.cast('float64'));
  return { counts, occurrences: rowCounts.sum(0).add(rowCounts.sum(1)) };
}

/** The counts of the rows of both; the shorter ones are filled up with zeros. */
export function mergeCounts(first: ClassCounts, second: ClassCounts): ClassCounts {
  const size = Math.max(first.occurrences.size, second.occurrences.size);
  const grown = (x: Tensor): Tensor =>
    pad(
      x,
      x.shape.map((length): [number, number] => [0, size - length]),
    );
  return {
    counts: grown(first.counts).add(grown(second.counts)),
    occurrences: grown(first.occurrences).add(grown(second.occurrences)),
  };
}

/** The cell that each row is counted in, and how many rows and columns there are. */
interface Cells {
  readonly rows: Tensor;
  readonly columns: Tensor;
  readonly size: number;
}

function cellsOf(
  caller: string,
  { actual, predicted, classes: known }: ClassIndices,
  classes: ClassOptions['classes'],
): Cells {
  if (typeof classes === 'object') {
    const order = checkOrder(caller, classes);
    const [rows, columns] = [actual, predicted].map((indices) => {
      const same = indices.expandDims(1).equal(order);
      return where(same.any(1), same.argmax(1).add(1), 0);
    }) as [Tensor, Tensor];
    return { rows, columns, size: 1 + order.size };
  }
  const count = classes ?? known ?? largest(caller, actual, predicted) + 1;
  checkLabels(actual, count, caller);
  checkLabels(predicted, count, caller);
  return { rows: actual.add(1), columns: predicted.add(1), size: 1 + count };
}

function checkOrder(caller: string, classes: readonly number[]): Tensor {
  if (classes.length > 0 && classes.every(Number.isInteger) && new Set(classes).size === classes.length) {
    return tensor([...classes], { dtype: 'int32' });
  }
  throw new ShapeError(
    `${caller}: a list of classes must hold different integers, at least one, got ${showShape(classes)}. ` +
      `Give the number of classes to show all of them.`,
  );
}

function largest(caller: string, actual: Tensor, predicted: Tensor): number {
  if (actual.symbolic || predicted.symbolic) {
    throw new TypeError(
      `${caller}: the number of classes is not known while compile traces the function. ` +
        `Write { classes: 3 }, or as many as there are.`,
    );
  }
  if (actual.size > 0) return actual.maximum(predicted).max().item();
  throw new ShapeError(
    `${caller}: the number of classes cannot be found without samples. Write { classes: 3 }, or as many as there are.`,
  );
}
