import { owned, sameShape, ShapeError, showShape, type Tensor } from '@nn/tensor';

/**
 * Refuses a prediction and a target of different shapes: broadcast, every prediction would meet every target.
 *
 * @throws ShapeError when the shapes differ, or are those of scalars
 */
export function checkBeside(asked: string, prediction: Tensor, target: Tensor): void {
  const [a, b] = [owned(prediction, asked).shape, owned(target, asked).shape];
  if (sameShape(a, b) && a.length > 0) return;
  throw new ShapeError(
    `${asked}: prediction and target must have one shape, with an axis for the samples, got ${showShape(a)} and ` +
      `${showShape(b)}. Reshape one of them, as in target.reshape([-1, 1]).`,
  );
}
