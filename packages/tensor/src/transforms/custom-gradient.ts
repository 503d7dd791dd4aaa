import { checkFunction, ShapeError } from '../errors.ts';
import { withDerivative } from '../operations/identity.ts';
import { checkList, type Shape } from '../shape.ts';
import { apply, checkLike, checkTensor, type Tensor } from '../tensor.ts';

/**
 * A function with a gradient of your own: for a rounding that lets gradients through, a gradient that is clipped or
 * reversed, or a formula that is more exact than that of each step.
 *
 * No gradient flows through f itself: not to its arguments but as `derivative` says, and not to variables that f reads. The
 * gradient is computed with tensors, so it can be differentiated again.
 *
 * @param f           a function of tensors that returns a tensor
 * @param derivative  the gradient of the loss with respect to each argument, of its shape and dtype; `undefined` for an
 *   argument without one. It gets the gradient g with respect to the result, the arguments, and the result.
 * @throws DTypeError when f returns no tensor
 * @throws ShapeError, DTypeError while gradients are taken, when `derivative` returns another number of gradients than
 * there are arguments, or one of another shape or dtype
 * @example
 * // Rounds forward, and lets gradients through as if it had not (a straight-through estimator).
 * const round = customGradient((x) => x.round(), (g) => [g]);
 * const x = watch(tensor([0.4, 2.7]));
 * String(gradients(round(x).mul(tensor([1, 10])).sum(), x))   // [ 1. 10.]
 * @see Bengio, Léonard, Courville, Estimating or propagating gradients through stochastic neurons (2013), §4
 */
export function customGradient<S extends Shape, Args extends readonly Tensor[] = readonly [Tensor]>(
  f: (...args: Args) => Tensor<S>,
  derivative: (g: Tensor<S>, args: Args, result: Tensor<S>) => readonly (Tensor | undefined)[],
): (...args: Args) => Tensor<S> {
  checkFunction('customGradient', f, 'customGradient((x) => x.round(), (g) => [g])');
  checkFunction('customGradient', derivative, 'customGradient((x) => x.round(), (g) => [g])');
  return (...args) => {
    const given = args.map((arg) => checkTensor(arg, 'customGradient').current());
    const result = checkTensor(
      f(...(given.map((one) => one.detach()) as unknown as Args)) as unknown as Tensor,
      'customGradient: the result',
    );
    return apply(withDerivative, [result.detach(), ...given], {
      derivative(g, inputs, output) {
        const found = derivative(g as never, inputs as unknown as Args, output as never);
        return checkGradientsOf(found, inputs);
      },
    }) as never;
  };
}

/** @throws ShapeError, DTypeError when the gradients do not fit the arguments */
function checkGradientsOf(
  found: readonly (Tensor | undefined)[],
  args: readonly Tensor[],
): readonly (Tensor | undefined)[] {
  if (checkList(found, 'customGradient: the gradients').length !== args.length) {
    throw new ShapeError(
      `customGradient: the derivative must return one gradient for each of ${args.length} arguments, got ${found.length}. ` +
        `Write undefined for an argument without one.`,
    );
  }
  return found.map((one, at) => one && checkLike(one, args[at]!, `customGradient: the gradient of argument ${at}`));
}
