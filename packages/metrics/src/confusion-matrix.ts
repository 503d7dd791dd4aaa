import {
  type Axis,
  checkLabels,
  checkOptions,
  ones,
  ShapeError,
  showShape,
  tensor,
  type Tensor,
  where,
  zeros,
} from '@nn/tensor';
import { classIndices, type ClassIndices } from './class-indices.ts';
import { checkWeights } from './score.ts';

/** The options of `confusionMatrix`. */
export interface ConfusionMatrixOptions {
  /**
   * How many classes there are, or a list of the classes to show, in that order; samples of other classes are left out.
   * Without it there are as many as the prediction or one-hot labels have columns, else as many as the largest class
   * index needs.
   */
  readonly classes?: number | readonly number[] | undefined;
  /** How much each row counts, shape [N]; 1 unless given. */
  readonly weights?: Tensor | undefined;
  /** Divide the counts by the total of their row (`labels`), of their column (`prediction`), or of all. 0/0 is 0. */
  readonly normalize?: 'labels' | 'prediction' | 'all' | undefined;
}

/**
 * How often each class was predicted for each class: row i, column j counts the samples of class i that were predicted to
 * be of class j. Correct predictions are on the diagonal.
 *
 * @param prediction  logits or probabilities, shape [N, classes]; or class indices, int32, shape [N]
 * @param labels      the right class of each row, int32, shape [N]; or class probabilities, shape [N, classes]
 * @returns           shape [classes, classes]; int32, or float64 with weights or normalized
 * @throws ShapeError when prediction and labels do not fit each other, or a class index is out of range
 * @throws RangeError when the class probabilities of a label are negative or do not add up to 1
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown, or the number of classes neither given nor known, in a compiled function
 * @example String(confusionMatrix(tensor([0, 1, 1], { dtype: 'int32' }), tensor([0, 0, 1], { dtype: 'int32' })))   // [[1 1]\n [0 1]]
 */
export function confusionMatrix(prediction: Tensor, labels: Tensor, options: ConfusionMatrixOptions = {}): Tensor {
  const { classes, weights, normalize } = checkOptions(caller, options, ['classes', 'weights', 'normalize']);
  const { rows, columns, shown, count } = cellsOf(classIndices(caller, prediction, labels), classes);
  if (weights !== undefined) checkWeights(caller, weights, rows.size);
  const weight = weights?.cast('float64') ?? ones(rows.shape, { dtype: 'int32' });
  const counts = zeros([count * count], { dtype: weight.dtype })
    .scatterAdd(rows.mul(count).add(columns), shown ? where(shown, weight, 0) : weight, 0)
    .reshape([count, count]);
  if (normalize === undefined) return counts;
  const total = counts.sum(summedAxes(normalize), { keepdims: true }).cast('float64');
  return where(total.equal(0), 0, counts.div(total));
}

const caller = 'confusionMatrix';

/** The cell that each sample is counted in. */
interface Cells {
  readonly rows: Tensor;
  readonly columns: Tensor;
  /** Which samples are counted; all if undefined. */
  readonly shown: Tensor | undefined;
  /** How many rows and columns there are. */
  readonly count: number;
}

function cellsOf(
  { actual, predicted, classes: known }: ClassIndices,
  classes: ConfusionMatrixOptions['classes'],
): Cells {
  if (typeof classes === 'object') {
    const order = checkOrder(classes);
    const [row, column] = [actual, predicted].map((numbers) => numbers.expandDims(1).equal(order)) as [Tensor, Tensor];
    const shown = row.any(1).logicalAnd(column.any(1));
    return { rows: row.argmax(1), columns: column.argmax(1), shown, count: order.size };
  }
  const count = classes ?? known ?? largest(actual, predicted) + 1;
  checkLabels(actual, count, caller);
  checkLabels(predicted, count, caller);
  return { rows: actual, columns: predicted, shown: undefined, count };
}

function checkOrder(classes: readonly number[]): Tensor {
  if (classes.length > 0 && classes.every(Number.isInteger) && new Set(classes).size === classes.length) {
    return tensor(classes, { dtype: 'int32' });
  }
  throw new ShapeError(
    `${caller}: a list of classes must hold different integers, at least one, got ${showShape(classes)}. ` +
      `Give the number of classes to show all of them.`,
  );
}

function largest(actual: Tensor, predicted: Tensor): number {
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

function summedAxes(normalize: NonNullable<ConfusionMatrixOptions['normalize']>): Axis {
  if (normalize === 'labels') return 1;
  if (normalize === 'prediction') return 0;
  if (normalize === 'all') return [0, 1];
  throw new TypeError(
    `${caller}: normalize must be 'labels', 'prediction' or 'all', got ${String(normalize)}. Leave it out for counts.`,
  );
}
