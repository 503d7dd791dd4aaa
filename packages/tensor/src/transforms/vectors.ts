import { DTypeError } from '../errors.ts';
import { mapTargets, type Targets, targetsIn } from '../gradients.ts';
import { checkLike, checkTensor, type Tensor } from '../tensor.ts';

/**
 * The tensors of an argument that must have the structure, shapes and dtypes of another.
 *
 * @param name   what the argument is called, for the message, and what the other is
 * @throws ShapeError, DTypeError when it has not
 */
export function checkVectors(
  vector: Targets,
  x: Targets,
  caller: string,
  name = 'the vector',
  ofX = 'x',
): readonly Tensor[] {
  const xs = targetsIn(x);
  const vectors = targetsIn(vector);
  if (structureOf(vector) !== structureOf(x)) {
    throw new DTypeError(
      `${caller}: ${name} must have one tensor for each tensor of ${ofX} (${xs.length}), in the same arrays and records; ` +
        `got ${vectors.length}. Write { weight, bias } for both, or one tensor for one.`,
    );
  }
  return vectors.map((one, at) => checkLike(one, checkTensor(xs[at]!, caller), `${caller}: ${name}`).current());
}

/** The arrays and records around tensors, as text. */
const structureOf = (targets: Targets): string => JSON.stringify(mapTargets(targets, () => 0 as never));
