import { stack } from '../combination.ts';
import { ShapeError } from '../errors.ts';
import type { NamedVariables } from '../model.ts';
import { type Tensor, variable, type Variable } from '../tensor.ts';

/**
 * New variables that hold those of several models along a first axis: the parameters of a population.
 *
 *   stacked.weight[k] = models[k].weight
 *
 * A model computes with one entry in `functionalCall` inside `vmap`. There are two ways to train it:
 *
 * An optimizer of the stacked variables, and the gradient of the sum of all losses. With an optimizer that changes each number
 * by itself, as `sgd`, `adam` and most do, each entry is trained as if it were alone.
 *
 * The whole step inside `vmap`, for what looks at a whole parameter, as `lamb`, `muon` and clipping by norm do, and for
 * learning rates of their own: stack `{ ...model.parameters, ...optimizer.state }`, let the optimizer of one model take its
 * step inside `functionalCall`, return the variables, and assign what they are then.
 *
 * @param models  the variables of each model: `model.parameters`
 * @returns       variables of the same names
 * @throws ShapeError when there is no model, or their names, shapes or dtypes differ
 * @example
 * const [a, b] = [{ w: variable(tensor([1, 2])) }, { w: variable(tensor([3, 4])) }];
 * String(stackVariables([a, b]).w)   // [[1. 2.]\n [3. 4.]]
 * @see PyTorch's torch.func.stack_module_state
 */
export function stackVariables<V extends NamedVariables>(
  models: readonly V[],
): { readonly [Name in keyof V]: Variable };
export function stackVariables(models: readonly NamedVariables[]): NamedVariables {
  const [first] = models;
  if (!first) throw new ShapeError('stackVariables: expected at least one model, got none. Check the list first.');
  const names = Object.keys(first);
  models.forEach((one, at) => {
    const differs = [...names, ...Object.keys(one)].find(
      (name) => !Object.hasOwn(one, name) || first[name]?.dtype !== one[name]!.dtype,
    );
    if (differs === undefined) return;
    throw new ShapeError(
      `stackVariables: model ${at} has ${describeVariable(one[differs])} under ${differs}, but model 0 has ` +
        `${describeVariable(first[differs])}. Stack models that are built alike.`,
    );
  });
  return Object.fromEntries(
    names.map((name) => [
      name,
      variable(stack(models.map((one): Tensor => one[name]!)) as Tensor, { name: first[name]!.name }),
    ]),
  );
}

const describeVariable = (one: Variable | undefined): string => one?.dtype ?? 'nothing';
