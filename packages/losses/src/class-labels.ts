import { owned, sameShape, ShapeError, showShape, type Tensor } from '@nn/tensor';

/**
 * How labels name the classes: by number, one for each row, or by shares, one for each class of each row, of which
 * one-hot rows are a special case.
 *
 * @param prediction  a number for each class, [..., classes]
 * @param labels      [...] or [..., classes]
 * @throws ShapeError when they are of neither shape
 */
export function labelForm(prediction: Tensor, labels: Tensor, asked: string): 'numbers' | 'shares' {
  const { shape, rank } = owned(prediction, asked);
  if (rank === 0) {
    throw new ShapeError(
      `${asked}: the prediction must have a number for each class, got a single one. ` +
        `Use binaryCrossentropy for yes or no.`,
    );
  }
  const rows = shape.slice(0, -1);
  if (sameShape(owned(labels, asked).shape, rows)) return 'numbers';
  if (sameShape(labels.shape, shape)) return 'shares';
  throw new ShapeError(
    `${asked}: beside predictions ${showShape(shape)}, labels are class indices, shape ${showShape(rows)}, or shares of ` +
      `the classes, shape ${showShape(shape)}, got shape ${showShape(labels.shape)}. ${mend(rows, labels)}`,
  );
}

function mend(rows: readonly number[], labels: Tensor): string {
  if (sameShape(labels.shape, [...rows, 1])) return 'Did you mean labels.squeeze(-1)?';
  return 'Check that the model has one output for each class.';
}

/** From the last axis the element that each label points at: [..., classes] and [...] give [...]. */
export function atLabels(values: Tensor, labels: Tensor): Tensor {
  return values.gather(labels.expandDims(-1), -1).squeeze(-1);
}
