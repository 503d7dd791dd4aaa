import { check } from './operations/check.ts';
import { apply, Tensor } from './tensor.ts';

/**
 * Throws unless a condition is true for every element: at once, or, in a compiled function, each time it runs and before
 * it changes a variable. Nothing else of the function may depend on the check: it runs even so.
 *
 * @param caller     the function that checks its arguments
 * @param condition  bool, true where the values fit
 * @param values     the tensors that the error message needs
 * @param refuse     the error for the first element that is false: its index in the condition, in row-major order, and the
 *   values. It may read their numbers, and no other tensor's.
 * @throws DTypeError when the condition is not bool
 * @example
 * const scale = (x: Tensor): Tensor => {
 *   checkValues('scale', x.greater(0), [x], (at, [given]) => new RangeError(`scale: x must be positive, got ${given!.data[at]}.`));
 *   return x.log();
 * };
 * String(scale(tensor([1, 1])))   // [0. 0.]
 */
export function checkValues(
  caller: string,
  condition: Tensor,
  values: readonly Tensor[],
  refuse: (at: number, values: readonly Tensor[]) => Error,
): void {
  apply(check, [condition, ...values], {
    caller,
    refuse(at, numbers) {
      return refuse(
        at,
        numbers.map((own) => new Tensor(own.shape, own.dtype, own)),
      );
    },
  });
}
