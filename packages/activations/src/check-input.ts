import { DTypeError, checkTensor, type Shape, type Tensor } from '@nn/tensor';

/**
 * Gives x back when it is a tensor.
 *
 * @throws DTypeError for anything else; for nothing at all, as in `sequential(dense(…), relu())`, it says so
 */
export function checkInput<S extends Shape>(x: Tensor<S>, caller: string): Tensor<S> {
  if (x !== undefined) return checkTensor(x, caller) as Tensor<S>;
  throw new DTypeError(
    `${caller}: expected a tensor, got none. Write ${caller}(x), or among the layers of a model ${caller}, not ${caller}().`,
  );
}
