import {
  argmax,
  type Axis,
  checkLabels,
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

/** What `confusionMatrix` can be told. */
export interface ConfusionMatrixOptions {
  /**
   * How many classes there are, or which of them to show, in which order: samples of others are left out. Without it
   * there are as many as columns in the prediction or in one-hot labels, else as many as the largest label needs.
   */
  readonly classes?: number | readonly number[] | undefined;
  /** How much each row counts, shape [N]; without it all count alike. */
  readonly weights?: Tensor | undefined;
  /** Shares instead of counts: of each row (`labels`), of each column (`prediction`), or of all. 0/0 is 0. */
  readonly normalize?: 'labels' | 'prediction' | 'all' | undefined;
}

/**
 * How often each class was taken for each: the number in row i, column j counts the samples of class i that were
 * predicted to be of class j. What is right stands on the diagonal.
 *
 * @param prediction  a score for each class, shape [N, classes]; or class indices, int32, shape [N]
 * @param labels      the right class of each row, int32, shape [N]; or one-hot, shape [N, classes]
 * @returns           shape [classes, classes]; int32, with weights or as shares float64
 * @throws ShapeError when prediction and labels do not fit each other, or a label names no class
 * @throws DTypeError when class indices are no int32
 * @example String(confusionMatrix(tensor([0, 1, 1], { dtype: 'int32' }), tensor([0, 0, 1], { dtype: 'int32' })))   // [[1 1]\n [0 1]]
 */
export function confusionMatrix(
  prediction: Tensor,
  labels: Tensor,
  { classes, weights, normalize }: ConfusionMatrixOptions = {},
): Tensor {
  const { rows, columns, shown, count } = places(classIndices(asked, prediction, labels), classes);
  if (weights !== undefined) checkWeights(asked, weights, rows.size);
  const weight = weights?.cast('float64') ?? ones(rows.shape, { dtype: 'int32' });
  const counts = zeros([count * count], { dtype: weight.dtype })
    .scatterAdd(rows.mul(count).add(columns), shown ? where(shown, weight, 0) : weight, 0)
    .reshape([count, count]);
  if (normalize === undefined) return counts;
  const total = counts.sum(foldedBy(normalize), { keepdims: true }).cast('float64');
  return where(total.equal(0), 0, counts.div(total));
}

const asked = 'confusionMatrix';

/** Where each sample is counted. */
interface Places {
  readonly rows: Tensor;
  readonly columns: Tensor;
  /** Which samples are counted; all if undefined. */
  readonly shown: Tensor | undefined;
  /** How many rows and columns there are. */
  readonly count: number;
}

function places(
  { actual, predicted, classes: known }: ClassIndices,
  classes: ConfusionMatrixOptions['classes'],
): Places {
  if (typeof classes === 'object') {
    const order = checkOrder(classes);
    const [row, column] = [actual, predicted].map((numbers) => numbers.expandDims(1).equal(order)) as [Tensor, Tensor];
    const shown = row.any(1).logicalAnd(column.any(1));
    return { rows: argmax(row, 1), columns: argmax(column, 1), shown, count: order.size };
  }
  const count = classes ?? known ?? largest(actual, predicted) + 1;
  checkLabels(actual, count, asked);
  checkLabels(predicted, count, asked);
  return { rows: actual, columns: predicted, shown: undefined, count };
}

function checkOrder(classes: readonly number[]): Tensor {
  if (classes.length > 0 && classes.every(Number.isInteger) && new Set(classes).size === classes.length) {
    return tensor(classes, { dtype: 'int32' });
  }
  throw new ShapeError(
    `${asked}: a list of classes must name different whole numbers, at least one, got ${showShape(classes)}. ` +
      `Give their number to have all of them.`,
  );
}

function largest(actual: Tensor, predicted: Tensor): number {
  if (actual.size > 0) return actual.maximum(predicted).max().item();
  throw new ShapeError(
    `${asked}: there must be samples to tell the classes from, got none. Write { classes: 3 }, or as many as there are.`,
  );
}

function foldedBy(normalize: NonNullable<ConfusionMatrixOptions['normalize']>): Axis {
  if (normalize === 'labels') return 1;
  if (normalize === 'prediction') return 0;
  if (normalize === 'all') return [0, 1];
  throw new TypeError(
    `${asked}: normalize must be 'labels', 'prediction' or 'all', got ${String(normalize)}. Leave it out for counts.`,
  );
}
