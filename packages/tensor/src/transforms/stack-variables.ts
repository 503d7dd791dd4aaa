import { stack } from '../combination.ts';
import { ShapeError } from '../errors.ts';
import type { NamedVariables } from '../model.ts';
import { type Tensor, variable, type Variable } from '../tensor.ts';

/**
 * New variables that hold those of several models along a first axis: the parameters of a population.
 *
 *   stacked.weight[k] = models[k].weight
 *
 * A model computes with one entry in `functionalCall` inside `vmap`. An optimizer that changes each number by itself, as
 * `sgd`, `adam` and most do, trains all entries as if each were alone, when the loss is the sum of their losses. Those that
 * take a norm over a whole parameter, as `lamb`, `muon` and clipping by norm do, mix the entries.
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
