import { checkTensor, sameShape, ShapeError, showShape, type Tensor } from '@nn/tensor';

/**
 * Refuses a prediction and a target of different shapes: broadcasting would pair each prediction with every target.
 *
 * @throws ShapeError when the shapes differ, or are []
 */
export function checkOneShape(caller: string, prediction: Tensor, target: Tensor): void {
  const [a, b] = [checkTensor(prediction, caller).shape, checkTensor(target, caller).shape];
  if (sameShape(a, b) && a.length > 0) return;
  throw new ShapeError(
    `${caller}: prediction and target must have one shape, with an axis for the samples, got ${showShape(a)} and ` +
      `${showShape(b)}. Reshape one of them, as in target.reshape([-1, 1]).`,
  );
}
