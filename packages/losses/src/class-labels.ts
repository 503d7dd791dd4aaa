import { checkTensor, sameShape, ShapeError, showShape, type Tensor } from '@nn/tensor';

/**
 * How labels name the classes: by class indices, one for each row, or by class probabilities, one for each class of
 * each row. One-hot rows are class probabilities.
 *
 * @param prediction  logits or probabilities, [..., classes]
 * @param labels      [...] or [..., classes]
 * @throws ShapeError when the labels have neither shape
 */
export function labelForm(prediction: Tensor, labels: Tensor, caller: string): 'indices' | 'probabilities' {
  const { shape, rank } = checkTensor(prediction, caller);
  if (rank === 0) {
    throw new ShapeError(
      `${caller}: the prediction must have a number for each class, got a single one. ` +
        `Use binaryCrossentropy for yes or no.`,
    );
  }
  const rows = shape.slice(0, -1);
  if (sameShape(checkTensor(labels, caller).shape, rows)) return 'indices';
  if (sameShape(labels.shape, shape)) return 'probabilities';
  throw new ShapeError(
    `${caller}: for predictions ${showShape(shape)}, labels must be class indices, shape ${showShape(rows)}, or class ` +
      `probabilities, shape ${showShape(shape)}, got shape ${showShape(labels.shape)}. ${hintFor(rows, labels)}`,
  );
}

/**
 * Refuses anything but class indices, one for each row.
 *
 * @throws ShapeError when the labels have another shape, as one-hot rows have
 */
export function checkClassIndices(prediction: Tensor, labels: Tensor, caller: string): void {
  if (labelForm(prediction, labels, caller) === 'indices') return;
  throw new ShapeError(
    `${caller}: labels must be class indices, shape ${showShape(prediction.shape.slice(0, -1))}, got class ` +
      `probabilities, shape ${showShape(labels.shape)}. Write labels.argmax(-1) for one-hot labels.`,
  );
}

function hintFor(rows: readonly number[], labels: Tensor): string {
  if (sameShape(labels.shape, [...rows, 1])) return 'Did you mean labels.squeeze(-1)?';
  return 'Check that the model has one output for each class.';
}

/** The element of the last axis that each class index names: [..., classes] and [...] give [...]. */
export function atLabels(values: Tensor, labels: Tensor): Tensor {
  return values.gather(labels.expandDims(-1), -1).squeeze(-1);
}
