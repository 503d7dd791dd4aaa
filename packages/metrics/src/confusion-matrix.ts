import { type Axis, where } from '@nn/tensor';
import { type ClassCounts, type ClassOptions, countClasses, mergeCounts } from './class-counts.ts';
import { metric, type Metric } from './metric.ts';

/** The options of `confusionMatrix`. Samples of classes that are not listed in `classes` are left out. */
export interface ConfusionMatrixOptions extends ClassOptions {
  /** Divide the counts by the total of their row (`labels`), of their column (`prediction`), or of all. 0/0 is 0. */
  readonly normalize?: 'labels' | 'prediction' | 'all' | undefined;
}

const caller = 'confusionMatrix';

/**
 * How often each class was predicted for each class: row i, column j counts the samples of class i that were predicted to
 * be of class j. Correct predictions are on the diagonal.
 *
 * The matrix is scikit-learn's, but its arguments stand in the other order: there it is confusion_matrix(y_true, y_pred),
 * here as in all metrics the prediction comes first.
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
export const confusionMatrix: Metric<ConfusionMatrixOptions> = metric<ConfusionMatrixOptions, ClassCounts>({
  name: caller,
  options: ['classes', 'normalize'],
  measure(prediction, labels, options) {
    checkNormalize(options.normalize);
    return countClasses(caller, prediction, labels, options);
  },
  merge: mergeCounts,
  result({ counts }, { normalize }) {
    const listed = counts.slice([1], [1]);
    if (normalize === undefined) return listed;
    const total = listed.sum(summedAxes[normalize], { keepdims: true }).cast('float64');
    return where(total.equal(0), 0, listed.div(total));
  },
});

const summedAxes: Readonly<Record<NonNullable<ConfusionMatrixOptions['normalize']>, Axis>> = {
  labels: 1,
  prediction: 0,
  all: [0, 1],
};

function checkNormalize(normalize: ConfusionMatrixOptions['normalize']): void {
  if (normalize === undefined || Object.hasOwn(summedAxes, normalize)) return;
  throw new TypeError(
    `${caller}: normalize must be 'labels', 'prediction' or 'all', got ${String(normalize)}. Leave it out for counts.`,
  );
}
