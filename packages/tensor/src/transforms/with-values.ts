import { detach, watch } from '../operations/view.ts';
import { apply, nestedTracing, Tensor, type Trace, type Variable } from '../tensor.ts';

/**
 * Runs a function while variables have other values. What it assigns to them counts until it returns.
 *
 * @param values  made by `watchValue`: for gradients, a variable stands for its value there
 * @param keep    whether assignments to all other variables, too, count only until the function returns
 * @param into    further hooks of the trace
 */
export function withValues<Result>(
  values: ReadonlyMap<Variable, Tensor>,
  keep: boolean,
  f: () => Result,
  into: Partial<Trace> = {},
): Result {
  const present = new Map(values);
  return nestedTracing(
    (outside) => ({
      read: (variable) => present.get(variable) ?? outside.read(variable),
      assign(variable, value) {
        // As with every variable, gradients end at its value, not at what the value was computed from.
        if (keep || present.has(variable)) present.set(variable, standIn(value, detach));
        else outside.assign(variable, value);
      },
      ...into,
    }),
    f,
  );
}

/** A value of a variable through which gradients flow on to the tensor that is given. */
export const watchValue = (value: Tensor): Tensor => standIn(value, watch);

/** The value of a variable, which requires a gradient as variables do. */
function standIn(value: Tensor, operation: typeof watch): Tensor {
  const { shape, dtype, origin } = apply(operation, [value], undefined);
  const numbers = value.symbolic ? undefined : value.numbers();
  return new Tensor(shape, dtype, numbers, { requiresGrad: true, origin });
}
