import { DTypeError } from '../errors.ts';
import { mapTargets, type Targets, targetsIn } from '../gradients.ts';
import { checkLike, checkTensor, type Tensor } from '../tensor.ts';

/**
 * The tensors of a vector that has the structure, shapes and dtypes of x.
 *
 * @throws ShapeError, DTypeError when it has not
 */
export function checkVectors(vector: Targets, x: Targets, caller: string): readonly Tensor[] {
  const xs = targetsIn(x);
  const vectors = targetsIn(vector);
  const structure = (targets: Targets): string => JSON.stringify(mapTargets(targets, () => 0 as never));
  if (structure(vector) !== structure(x)) {
    throw new DTypeError(
      `${caller}: the vector must have one tensor for each tensor of x (${xs.length}), in the same arrays and records; ` +
        `got ${vectors.length}. Write { weight, bias } for both, or one tensor for one.`,
    );
  }
  return vectors.map((one, at) => checkLike(one, checkTensor(xs[at]!, caller), `${caller}: the vector`).current());
}
