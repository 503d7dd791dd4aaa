import { checkFunction } from '../errors.ts';
import { gradients, type GradientsOf, pullback, type Targets, targetsIn, watchTargets } from '../gradients.ts';
import type { OpenTensors } from '../structure.ts';
import type { Tensor } from '../tensor.ts';
import { checkVectors } from './vectors.ts';

/**
 * The product of the Hessian of a function with a vector, without the Hessian: the gradient of ∂f/∂x · v.
 *
 *   H·v     with H = ∂²f/∂x²
 *
 * @param f       a function of x that returns a scalar, shape []
 * @param x       variables or other tensors: one, or an array or record of them, also in arrays and records
 * @param vector  v, with the structure of x and tensors of the same shapes and dtypes
 * @returns       for each tensor of x a tensor of its shape and dtype
 * @throws ShapeError, DTypeError when the vector differs from x in structure, shape or dtype, f(x) is not a scalar or does
 * not depend on x, or x is not floating
 * @example String(hessianVector((x) => x.pow(3).sum(), tensor([1, 2]), tensor([1, 10])))   // [  6. 120.]
 * @see Pearlmutter, Fast exact multiplication by the Hessian (1994)
 */
export function hessianVector<const T extends Targets>(
  f: (x: T) => Tensor,
  x: T,
  vector: OpenTensors<NoInfer<T>>,
): GradientsOf<T>;
export function hessianVector(f: (x: Targets) => Tensor, x: Targets, vector: Targets): unknown {
  checkFunction('hessianVector', f, 'hessianVector((x) => x.pow(3).sum(), x, vector)');
  const v = checkVectors(vector, x, 'hessianVector');
  const targets = watchTargets(x, 'hessianVector');
  const first = gradients(f(targets), targetsIn(targets));
  return pullback(first, v, targets);
}
