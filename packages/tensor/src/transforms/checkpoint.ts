import { pullback, targetsIn } from '../gradients.ts';
import type { IdentitySettings } from '../operation.ts';
import { after, withDerivative } from '../operations/identity.ts';
import type { Shape } from '../shape.ts';
import { apply, checkTensor, nestedTracing, type Tensor, type Variable } from '../tensor.ts';
import { topologicalOrder } from '../topological-order.ts';
import { watchValue, withValues } from './with-values.ts';

/**
 * The same function, computed again while gradients are taken instead of keeping its intermediate results: it takes less
 * memory and more time. Give the blocks of a deep network each to `checkpoint`.
 *
 * f may read and assign variables. It is computed again with the values that they had, also those of `stepRandom`, so that
 * the same numbers are drawn.
 *
 * @param f  a function of tensors that returns a tensor
 * @throws DTypeError when f returns no tensor
 * @example
 * const block = checkpoint((x) => x.exp().sin());
 * const x = watch(tensor([0, 1]));
 * String(gradients(block(x).sum(), x))   // [ 0.5403023 -2.4783502]
 * @see Chen, Xu, Zhang, Guestrin, Training deep nets with sublinear memory cost (2016)
 */
export function checkpoint<S extends Shape, Args extends readonly Tensor[] = readonly [Tensor]>(
  f: (...args: Args) => Tensor<S>,
): (...args: Args) => Tensor<S> {
  const run = (args: readonly Tensor[]): Tensor =>
    checkTensor(f(...(args as unknown as Args)) as unknown as Tensor, 'checkpoint: the result').current();
  return (...args) => {
    const given = args.map((arg) => checkTensor(arg, 'checkpoint').current());
    const read = new Map<Variable, Tensor>();
    const made = new WeakSet<Tensor>();
    const result = nestedTracing(
      (outside) => ({
        read(variable) {
          const value = outside.read(variable);
          if (!read.has(variable)) read.set(variable, value);
          return value;
        },
        applied(output, origin) {
          made.add(output);
          outside.applied?.(output, origin);
        },
      }),
      () => run(given),
    );
    const known = new Set([...given, ...read.values()]);
    // Tensors that f reads from outside, besides arguments and variables.
    const captured = [...topologicalOrder([result], (x) => (made.has(x) ? (x.origin?.inputs ?? []) : []))].filter(
      (x) => x.requiresGrad && !made.has(x) && !known.has(x),
    );
    const settings = recomputed(run, given.length, [...read.keys()], captured);
    // The result is complete before it is read, so that a program runs one block after the other, in the same memory.
    const complete = orderedAfter(result, [result]).detach();
    return apply(withDerivative, [complete, ...given, ...read.values(), ...captured], settings) as never;
  };
}

/** Gradients from a second run. The inputs are the arguments, the values of the variables, and the captured tensors. */
function recomputed(
  run: (args: readonly Tensor[]) => Tensor,
  arity: number,
  variables: readonly Variable[],
  captured: readonly Tensor[],
): IdentitySettings {
  return {
    derivative(g, inputs) {
      // The second run starts when g is complete: otherwise a program would run it early, and keep all its results.
      const delayed = (x: Tensor): Tensor => orderedAfter(x, [g]);
      const args = inputs.slice(0, arity).map((x) => watchValue(delayed(x)));
      const values = variables.map((_, at) => watchValue(delayed(inputs[arity + at]!)));
      const own = new Map(variables.map((variable, at) => [variable, values[at]!]));
      // The first run has checked the values.
      const again = withValues(own, true, () => run(args), { check: () => undefined });
      const found = targetsIn(pullback([again], [g], [...args, ...values, ...captured], { partial: true }));
      // What comes next, the second run of the block before, starts when nothing needs the results of this one any more.
      return [...found.slice(0, arity).map((one) => orderedAfter(one, found)), ...found.slice(arity)];
    },
  };
}

/** The same tensor, which a program reads after it has computed the others. */
const orderedAfter = (x: Tensor, others: readonly Tensor[]): Tensor =>
  apply(after, [x, ...others], { derivative: () => [] });
