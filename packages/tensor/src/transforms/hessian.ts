import { checkFunction } from '../errors.ts';
import { gradients } from '../gradients.ts';
import type { Shape } from '../shape.ts';
import { checkTensor, type Tensor } from '../tensor.ts';
import { jacobian } from './jacobian.ts';

/**
 * The second derivatives of a function: the Jacobian of its gradient.
 *
 *   H[i, j] = ∂²f(x) / ∂x[i] ∂x[j]     i and j over the axes of x
 *
 * For the product of H with a vector `hessianVector` needs no H.
 *
 * @param f  a function of x that returns a scalar, shape []
 * @param x  a variable or another tensor
 * @returns  a tensor whose shape is twice that of x
 * @throws ShapeError when the value is not a scalar
 * @throws DTypeError when the value does not depend on x, or x is not floating
 * @example String(hessian((x) => x.pow(3).sum(), tensor([1, 2])))   // [[ 6.  0.]\n [ 0. 12.]]
 * @see Nocedal, Wright, Numerical Optimization (2006), §8.2
 */
export function hessian<S extends Shape>(f: (x: Tensor<S>) => Tensor, x: Tensor<S>): Tensor<[...S, ...S]>;
export function hessian(f: (x: Tensor) => Tensor, x: Tensor): unknown {
  checkFunction('hessian', f, 'hessian((x) => x.pow(3).sum(), x)');
  return jacobian((at: Tensor): Tensor => gradients(f(at), at), checkTensor(x, 'hessian'));
}
