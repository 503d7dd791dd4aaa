import { checkFunction } from '../errors.ts';
import { pullback, type Targets, targetsIn, watch, watchTargets } from '../gradients.ts';
import type { Shape } from '../shape.ts';
import type { OpenTensors } from '../structure.ts';
import { checkTensor, scalar, type Tensor } from '../tensor.ts';
import { checkVectors } from './vectors.ts';

/**
 * The value of a function, and the product of its Jacobian with a vector: the derivative of f at x in the direction of the
 * vector. (JAX: jvp.)
 *
 *   [f(x), J·v]     with J = ∂f/∂x
 *
 * uᵀJ is linear in u, and its Jacobian with respect to u is Jᵀ: so J·v is computed by two passes backward.
 *
 * @param f       a function of x that returns a tensor
 * @param x       variables or other tensors: one, or an array or record of them, also in arrays and records
 * @param vector  v, with the structure of x and tensors of the same shapes and dtypes
 * @returns       the value, and a tensor of its shape and dtype
 * @throws ShapeError, DTypeError when the vector differs from x in structure, shape or dtype, or x is not floating
 * @example
 * const [, product] = jacobianVector((x) => x.mul(x), tensor([1, 2, 3]), tensor([1, 0, 10]));
 * String(product)   // [ 2.  0. 60.]
 * @see Townsend, A new trick for calculating Jacobian vector products (2017)
 */
export function jacobianVector<const T extends Targets, S extends Shape>(
  f: (x: T) => Tensor<S>,
  x: T,
  vector: OpenTensors<NoInfer<T>>,
): readonly [value: Tensor<S>, product: Tensor<S>];
export function jacobianVector(f: (x: Targets) => Tensor, x: Targets, vector: Targets): unknown {
  checkFunction('jacobianVector', f, 'jacobianVector((x) => x.mul(x), x, vector)');
  const v = checkVectors(vector, x, 'jacobianVector');
  const targets = watchTargets(x, 'jacobianVector');
  const value = checkTensor(f(targets), 'jacobianVector: the value').current();
  const u = watch(scalar(0, value.dtype).expand(value.shape));
  const products = targetsIn(pullback([value], [u], targets));
  return [value, pullback(products, v, u)];
}
