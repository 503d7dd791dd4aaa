import { checkTensor, ShapeError, showShape, type Tensor } from '@nn/tensor';

/** Rows with a number for each class. */
export interface ClassRows {
  /** [N, classes] */
  readonly rows: Tensor;
  readonly classes: number;
}

/**
 * Refuses anything but rows with a number for each class, and one label for each.
 *
 * @throws ShapeError when the shapes do not fit
 */
export function classRows(caller: string, prediction: Tensor, labels: Tensor): ClassRows {
  const { rank, shape } = checkTensor(prediction, caller);
  if (checkTensor(labels, caller).rank !== 1 || rank !== 2 || labels.shape[0] !== shape[0]) {
    throw new ShapeError(
      `${caller}: prediction must have a row for each sample, shape [N, classes], and labels a class index, shape [N], got ` +
        `${showShape(shape)} and ${showShape(labels.shape)}. Write labels.argmax(1) for one-hot labels.`,
    );
  }
  return { rows: prediction, classes: shape[1]! };
}
