import {
  checkClassProbabilities,
  checkLabels,
  checkTensor,
  DTypeError,
  ShapeError,
  showShape,
  type Tensor,
} from '@nn/tensor';

/** The predicted and the right classes of the same samples. */
export interface ClassIndices {
  /** int32, shape [N] */
  readonly predicted: Tensor;
  /** int32, shape [N] */
  readonly actual: Tensor;
  /** How many classes there are, when the prediction or the labels have a column for each. */
  readonly classes: number | undefined;
}

/**
 * Prediction and labels as class indices. Rows become the index of their largest value, the first of equal ones.
 *
 * @param prediction  class indices, int32, shape [N], or logits or probabilities, shape [N, classes]
 * @param labels      class indices, int32, shape [N], or class probabilities, one-hot or not, shape [N, classes]
 * @throws ShapeError when the shapes do not fit, or a class index is out of range
 * @throws RangeError when the class probabilities of a label are negative or do not add up to 1
 * @throws DTypeError when class indices are not int32
 */
export function classIndices(caller: string, prediction: Tensor, labels: Tensor): ClassIndices {
  checkRank(caller, 'prediction', checkTensor(prediction, caller));
  if (checkTensor(labels, caller).rank === 2 && labels.shape[1] === 1) {
    throw new ShapeError(
      `${caller}: labels must be class indices, shape [N], or one-hot rows, shape [N, classes], got ` +
        `${showShape(labels.shape)}. Write labels.squeeze(1) for class indices in a column.`,
    );
  }
  checkRank(caller, 'labels', labels);
  const classes = prediction.rank === 2 ? prediction.shape[1] : labels.shape[1];
  if (labels.shape[0] !== prediction.shape[0] || (labels.rank === 2 && labels.shape[1] !== classes)) {
    throw new ShapeError(
      `${caller}: prediction ${showShape(prediction.shape)} and labels ${showShape(labels.shape)} must have equal rows, ` +
        `and equal classes where both have a column for each. Give the labels of the rows that were predicted.`,
    );
  }
  if (labels.rank === 2) checkClassProbabilities(labels, caller);
  return { predicted: indicesOf(caller, prediction, classes), actual: indicesOf(caller, labels, classes), classes };
}

function indicesOf(caller: string, answers: Tensor, classes: number | undefined): Tensor {
  if (answers.rank === 2) return answers.argmax(1);
  if (classes !== undefined) checkLabels(answers, classes, caller);
  else if (answers.dtype !== 'int32') {
    throw new DTypeError(
      `${caller}: class indices must be int32, got ${answers.dtype}. Write .cast('int32'), or use binaryAccuracy for ` +
        `probabilities and withinTolerance for quantities.`,
    );
  }
  return answers;
}

function checkRank(caller: string, role: string, { rank, shape }: Tensor): void {
  if (rank === 1 || (rank === 2 && shape[1]! > 1)) return;
  const hint =
    rank === 2 ? 'Use binaryAccuracy for a single probability in each row.' : 'Reshape it to one row for each sample.';
  throw new ShapeError(
    `${caller}: ${role} must be class indices, shape [N], or rows of at least 2 classes, shape [N, classes], got ` +
      `${showShape(shape)}. ${hint}`,
  );
}
