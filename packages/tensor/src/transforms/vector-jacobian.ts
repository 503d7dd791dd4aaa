import { checkFunction } from '../errors.ts';
import { type GradientsOf, pullback, type Targets, watchTargets } from '../gradients.ts';
import type { Shape } from '../shape.ts';
import { checkLike, checkTensor, type Tensor } from '../tensor.ts';

/**
 * The value of a function, and the product of a vector with its Jacobian: the gradient of Σ value · vector. (JAX: vjp.)
 *
 *   [f(x), vᵀJ]     with J = ∂f/∂x
 *
 * @param f       a function of x that returns a tensor
 * @param x       variables or other tensors: one, or an array or record of them, also in arrays and records
 * @param vector  v, of the shape and dtype of f(x)
 * @returns       the value, and for each tensor of x a tensor of its shape and dtype; zeros where f does not depend on it
 * @throws ShapeError, DTypeError when the vector has another shape or dtype than the value, or x is not floating
 * @example
 * const [, product] = vectorJacobian((x) => x.mul(x), tensor([1, 2, 3]), tensor([1, 0, 10]));
 * String(product)   // [ 2.  0. 60.]
 * @see Griewank, Walther, Evaluating Derivatives (2008), §3.2
 */
export function vectorJacobian<const T extends Targets, S extends Shape>(
  f: (x: T) => Tensor<S>,
  x: T,
  vector: Tensor,
): readonly [value: Tensor<S>, product: GradientsOf<T>];
export function vectorJacobian(f: (x: Targets) => Tensor, x: Targets, vector: Tensor): unknown {
  checkFunction('vectorJacobian', f, 'vectorJacobian((x) => x.mul(x), x, vector)');
  const targets = watchTargets(x, 'vectorJacobian');
  const value = checkTensor(f(targets), 'vectorJacobian: the value').current();
  const v = checkLike(vector, value, 'vectorJacobian: the vector').current();
  return [value, pullback([value], [v], targets)];
}
