import { argmax, checkLabels, DTypeError, owned, ShapeError, showShape, type Tensor } from '@nn/tensor';

/** Two answers to the same questions, as class indices. */
export interface ClassIndices {
  /** int32, shape [N] */
  readonly predicted: Tensor;
  /** int32, shape [N] */
  readonly actual: Tensor;
  /** How many classes there are, if a row of scores says so. */
  readonly classes: number | undefined;
}

/**
 * Prediction and labels, each given as class indices or as a row for each sample, as class indices. Of equal scores in
 * a row the first counts.
 *
 * @param prediction  class indices, int32, shape [N], or a score for each class, shape [N, classes]
 * @param labels      class indices, int32, shape [N], or one-hot, shape [N, classes]
 * @throws ShapeError when the two do not fit each other, or a label names no class
 * @throws DTypeError when class indices are no int32
 */
export function classIndices(asked: string, prediction: Tensor, labels: Tensor): ClassIndices {
  checkRank(asked, 'prediction', owned(prediction, asked));
  if (owned(labels, asked).rank === 2 && labels.shape[1] === 1) {
    throw new ShapeError(
      `${asked}: labels must be class indices, shape [N], or one-hot rows, shape [N, classes], got ` +
        `${showShape(labels.shape)}. Write labels.squeeze(1) for numbers in a column.`,
    );
  }
  checkRank(asked, 'labels', labels);
  const classes = prediction.rank === 2 ? prediction.shape[1] : labels.shape[1];
  if (labels.shape[0] !== prediction.shape[0] || (labels.rank === 2 && labels.shape[1] !== classes)) {
    throw new ShapeError(
      `${asked}: prediction ${showShape(prediction.shape)} and labels ${showShape(labels.shape)} must have equal rows, ` +
        `and equal classes where both have a column for each. Give the labels of the rows that were predicted.`,
    );
  }
  return { predicted: numbersOf(asked, prediction, classes), actual: numbersOf(asked, labels, classes), classes };
}

function numbersOf(asked: string, answers: Tensor, classes: number | undefined): Tensor {
  if (answers.rank === 2) return argmax(answers, 1);
  if (classes !== undefined) checkLabels(answers, classes, asked);
  else if (answers.dtype !== 'int32') {
    throw new DTypeError(
      `${asked}: class indices must be int32, got ${answers.dtype}. Write .cast('int32'), or use binaryAccuracy for ` +
        `probabilities and withinTolerance for quantities.`,
    );
  }
  return answers;
}

function checkRank(asked: string, role: string, { rank, shape }: Tensor): void {
  if (rank === 1 || (rank === 2 && shape[1]! > 1)) return;
  const mend =
    rank === 2 ? 'Use binaryAccuracy for a single probability in each row.' : 'Reshape it to one row for each sample.';
  throw new ShapeError(
    `${asked}: ${role} must be class indices, shape [N], or rows of at least 2 classes, shape [N, classes], got ` +
      `${showShape(shape)}. ${mend}`,
  );
}
