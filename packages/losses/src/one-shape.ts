import { checkTensor, sameShape, ShapeError, showShape, type Tensor } from '@nn/tensor';

/**
 * Refuses a target of another shape than the prediction: broadcasting would pair each prediction with every target.
 *
 * @param names  what the two are called, if not prediction and target
 * @throws ShapeError when the shapes differ
 */
export function checkOneShape(
  prediction: Tensor,
  target: Tensor,
  caller: string,
  names: readonly [string, string] = ['prediction', 'target'],
): void {
  const { shape } = checkTensor(prediction, caller);
  if (sameShape(shape, checkTensor(target, caller).shape)) return;
  throw new ShapeError(
    `${caller}: ${names[0]} ${showShape(shape)} and ${names[1]} ${showShape(target.shape)} must have one shape, so that ` +
      `each ${names[0]} meets its own ${names[1]}. ${hintFor(prediction, target, names[1])}`,
  );
}

/**
 * Refuses anything but one target for each row of a prediction.
 *
 * @param name  what the prediction is called
 * @throws ShapeError when the prediction is a single number, or the target has another shape than its leading axes
 */
export function checkRowTargets(prediction: Tensor, target: Tensor, caller: string, name: string): void {
  const { shape, rank } = checkTensor(prediction, caller);
  const rows = shape.slice(0, -1);
  if (sameShape(checkTensor(target, caller).shape, rows) && rank > 0) return;
  const hint = sameShape(target.shape, [...rows, 1])
    ? 'Did you mean target.squeeze(-1)?'
    : 'Check that both come from the same rows.';
  throw new ShapeError(
    `${caller}: for ${name} ${showShape(shape)}, target must have one number for each row, shape ${showShape(rows)}, got ` +
      `${showShape(target.shape)}. ${hint}`,
  );
}

/**
 * Refuses single numbers where rows are compared.
 *
 * @throws ShapeError when the rank is 0
 */
export function checkRows({ rank }: Tensor, caller: string): void {
  if (rank > 0) return;
  throw new ShapeError(
    `${caller}: rows must have numbers along the last axis, got a single number. Reshape it to [1, 1].`,
  );
}

function hintFor({ shape, size }: Tensor, target: Tensor, name: string): string {
  if (sameShape(shape, [...target.shape, 1])) return `Did you mean ${name}.expandDims(-1)?`;
  if (sameShape([...shape, 1], target.shape)) return `Did you mean ${name}.squeeze(-1)?`;
  if (target.rank === 2 && sameShape(shape, target.shape.toReversed())) return `Did you mean ${name}.T?`;
  if (size === target.size) return `Did you mean ${name}.reshape(${showShape(shape)})?`;
  return 'Check that both come from the same rows, and that the model has one output for each target.';
}
