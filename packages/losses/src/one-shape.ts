import { checkTensor, sameShape, ShapeError, showShape, type Tensor } from '@nn/tensor';

/**
 * Refuses a target of another shape than the prediction: broadcasting would pair each prediction with every target.
 *
 * @throws ShapeError when the shapes differ
 */
export function checkOneShape(prediction: Tensor, target: Tensor, caller: string): void {
  const { shape } = checkTensor(prediction, caller);
  if (sameShape(shape, checkTensor(target, caller).shape)) return;
  throw new ShapeError(
    `${caller}: prediction ${showShape(shape)} and target ${showShape(target.shape)} must have one shape, so that each ` +
      `prediction meets its own target. ${hintFor(prediction, target)}`,
  );
}

function hintFor({ shape, size }: Tensor, target: Tensor): string {
  if (sameShape(shape, [...target.shape, 1])) return 'Did you mean target.expandDims(-1)?';
  if (sameShape([...shape, 1], target.shape)) return 'Did you mean target.squeeze(-1)?';
  if (target.rank === 2 && sameShape(shape, target.shape.toReversed())) return 'Did you mean target.T?';
  if (size === target.size) return `Did you mean target.reshape(${showShape(shape)})?`;
  return 'Check that both come from the same rows, and that the model has one output for each target.';
}
