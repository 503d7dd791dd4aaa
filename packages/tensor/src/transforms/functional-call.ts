import { checkFunction, DTypeError } from '../errors.ts';
import { type Targets, targetsIn } from '../gradients.ts';
import { mapTensors, type OpenTensors } from '../structure.ts';
import { type Tensor, Variable } from '../tensor.ts';
import { checkVectors } from './vectors.ts';
import { watchValue, withValues } from './with-values.ts';

/** A result with tensors in place of variables. */
export type ValuesOf<Result> =
  Result extends Tensor<infer S>
    ? Tensor<S>
    : Result extends object
      ? { readonly [Part in keyof Result]: ValuesOf<Result[Part]> }
      : Result;

/**
 * The result of a function while variables have other values: a model with the weights of another. With `vmap` it makes one
 * model a population, each with weights of its own.
 *
 * The variables keep their own values. What f assigns to them counts until f returns; a variable in its result has the value
 * that it has then, as the running statistics of a model. Gradients flow to the values; inside f a
 * variable stands for its value there, too.
 *
 * @param variables  variables, in arrays and records or alone: `model.parameters`
 * @param values     the values, with the structure of `variables` and tensors of the same shapes and dtypes
 * @param f          a function that reads the variables, as a model does
 * @throws ShapeError, DTypeError when the values differ from the variables in structure, shape or dtype, or not all of
 * them are variables
 * @example
 * const w = variable(tensor([1, 2]));
 * const model = (x) => x.mul(w).sum();
 * const population = tensor([[1, 2], [3, 4]]);
 * String(vmap((own) => functionalCall({ w }, { w: own }, () => model(tensor([1, 10]))))(population))   // [21. 43.]
 * @see PyTorch's torch.func.functional_call
 */
export function functionalCall<const V extends Targets, Result>(
  variables: V,
  values: NoInfer<OpenTensors<V>>,
  f: () => Result,
): ValuesOf<Result>;
export function functionalCall(variables: Targets, values: Targets, f: () => unknown): unknown {
  checkFunction('functionalCall', f, 'functionalCall(model.parameters, values, () => model(x))');
  const given = checkVectors(values, variables, 'functionalCall', 'values', 'variables');
  const list = targetsIn(variables).map((variable) => {
    if (variable instanceof Variable) return variable;
    throw new DTypeError(
      'functionalCall: expected variables as first argument, got a tensor. Pass model.parameters, or variable(x).',
    );
  });
  const own = new Map(list.map((variable, at) => [variable, watchValue(given[at]!)]));
  return withValues(own, false, () => mapTensors(f(), (x) => x.current()));
}
