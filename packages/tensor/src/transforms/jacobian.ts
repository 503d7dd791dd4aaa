import { checkFunction } from '../errors.ts';
import { eye } from '../creation.ts';
import { mapTargets, pullback, type Targets, watchTargets } from '../gradients.ts';
import type { Shape } from '../shape.ts';
import { checkTensor, type Tensor } from '../tensor.ts';
import { vmap } from './vmap.ts';

/** For each tensor of T the derivative of a tensor with shape S: first the axes of S, then those of the tensor. */
export type JacobianOf<T, S extends Shape> = Targets extends T
  ? Targets
  : T extends Tensor<infer X>
    ? Tensor<[...S, ...X]>
    : { readonly [K in keyof T]: JacobianOf<T[K], S> };

/**
 * The derivative of every element of a function's value with respect to every element of x.
 *
 *   J[i, j] = ∂f(x)[i] / ∂x[j]     i over the axes of f(x), j over those of x
 *
 * It is computed backward, for all elements of f(x) in one pass: best where f(x) has fewer elements than x.
 *
 * @param f  a function of x that returns a tensor
 * @param x  variables or other tensors: one, or an array or record of them, also in arrays and records
 * @returns  for each tensor of x a tensor whose shape is that of f(x), then that of x; zeros where f does not depend on it
 * @throws DTypeError when f returns no tensor, or x is not floating
 * @example String(jacobian((x) => x.mul(x), tensor([1, 2])))   // [[2. 0.]\n [0. 4.]]
 * @see Griewank, Walther, Evaluating Derivatives (2008), §3.2
 */
export function jacobian<const T extends Targets, S extends Shape>(f: (x: T) => Tensor<S>, x: T): JacobianOf<T, S>;
export function jacobian(f: (x: Targets) => Tensor, x: Targets): unknown {
  checkFunction('jacobian', f, 'jacobian((x) => x.mul(x), x)');
  const targets = watchTargets(x, 'jacobian');
  const value = checkTensor(f(targets), 'jacobian: the value').current();
  const { shape, size, dtype } = value;
  const basis = eye(size, { dtype }).reshape([size, ...shape]) as Tensor;
  const rows = vmap((row: Tensor): unknown => pullback([value], [row], targets))(basis);
  return mapTargets(rows as Targets, (all) => all.reshape([...shape, ...all.shape.slice(1)]));
}
