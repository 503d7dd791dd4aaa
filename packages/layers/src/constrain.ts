import { checkLike, checkTensor, type NamedVariables, type Tensor, Variable } from '@nn/tensor';

/** What a weight is changed to after a step so that it keeps a condition: `maxNorm(2)`, `unitNorm`, `nonNegative`. */
export type Constraint = (weight: Tensor) => Tensor;

/**
 * Changes weights so that they keep a condition. Call it after the step of the optimizer, in a compiled step, too.
 *
 *   W ← constraint(W)
 *
 * @param parameters  the variables by name; `{ weight: layer.weight }` for one
 * @param constraint  `maxNorm(limit)`, `unitNorm`, `nonNegative`, or a function of your own that keeps the shape
 * @throws TypeError when something is no variable
 * @throws ShapeError, DTypeError when the constraint changes the shape or the dtype
 * @example
 * const weight = variable(tensor([-1, 2]));
 * constrain({ weight }, nonNegative);
 * String(weight)   // [0. 2.]
 */
export function constrain(parameters: NamedVariables, constraint: Constraint): void {
  const changed = Object.entries(parameters).map(([name, weight]) => {
    const own: Tensor = checkTensor(weight, `constrain: ${name}`);
    if (!(own instanceof Variable)) {
      throw new TypeError(`constrain: '${name}' must be a variable, got a tensor. Pass model.parameters.`);
    }
    return [own, checkLike(constraint(own), own, `constrain: the result for ${name}`)] as const;
  });
  for (const [weight, value] of changed) weight.assign(value.detach());
}
