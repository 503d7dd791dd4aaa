import { ShapeError, type Tensor } from '@nn/tensor';
import { checkOneShape } from './one-shape.ts';
import { checkBinaryTargets, checkProbabilities } from './probabilities.ts';

/**
 * Probabilities and targets with all elements of a sample in one row.
 *
 * @throws ShapeError when the shapes differ, or have a single axis
 * @throws RangeError when a probability or a target is not between 0 and 1
 */
export function masks(probabilities: Tensor, targets: Tensor, caller: string): Readonly<Record<'p' | 't', Tensor>> {
  checkOneShape(probabilities, targets, caller);
  const [n, ...rest] = probabilities.shape;
  if (n === undefined || rest.length === 0) {
    throw new ShapeError(
      `${caller}: the elements of each sample must be on axes of their own, shape [N, ...], got ${probabilities.rank} ` +
        `axes. Write expandDims(0) for a single sample.`,
    );
  }
  checkProbabilities(probabilities, 'For logits write sigmoid(logits).', caller);
  checkBinaryTargets(targets, caller);
  const rows = [n, rest.reduce((size, length) => size * length, 1)];
  return { p: probabilities.reshape(rows), t: targets.cast(probabilities.dtype).reshape(rows) };
}
