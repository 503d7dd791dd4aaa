import { checkFunction } from '../errors.ts';
import { gradients, type GradientsOf, type Targets, watchTargets } from '../gradients.ts';
import type { Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';

/**
 * The value of a function that returns a loss, and the gradient of the loss with respect to each tensor of x.
 *
 *   [f(x), ∂f/∂x]
 *
 * @param f  a function of x that returns a scalar, shape []. It may read variables of x, as a model does, instead of its
 *   argument
 * @param x  variables or other tensors: one, or an array or record of them, also in arrays and records
 * @returns  the value, and for each tensor of x a tensor of its shape and dtype
 * @throws ShapeError when the value is not a scalar
 * @throws DTypeError when the value does not depend on x, or x is not floating
 * @example
 * const [value, gradient] = valueAndGradients((x) => x.mul(x).sum(), tensor([1, 2]));
 * `${value} ${gradient}`   // 5.0 [2. 4.]
 */
export function valueAndGradients<const T extends Targets, S extends Shape>(
  f: (x: T) => Tensor<S>,
  x: T,
): readonly [value: Tensor<S>, gradients: GradientsOf<T>];
export function valueAndGradients(f: (x: Targets) => Tensor, x: Targets): unknown {
  checkFunction('valueAndGradients', f, 'valueAndGradients((x) => x.mul(x).sum(), x)');
  const targets = watchTargets(x, 'valueAndGradients');
  const value = f(targets);
  return [value, (gradients as (loss: Tensor, targets: Targets) => unknown)(value, targets)];
}
