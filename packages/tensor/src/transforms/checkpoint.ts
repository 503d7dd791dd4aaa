import { concat } from '../combination.ts';
import { checkFunction, DTypeError } from '../errors.ts';
import { pullback, targetsIn } from '../gradients.ts';
import type { IdentitySettings } from '../operation.ts';
import { after, withDerivative } from '../operations/identity.ts';
import { sameShape } from '../shape.ts';
import { checkReturned, mapTensors } from '../structure.ts';
import { apply, checkTensor, nestedTracing, type Tensor, type Variable } from '../tensor.ts';
import { topologicalOrder } from '../topological-order.ts';
import type { ValuesOf } from './functional-call.ts';
import { watchValue, withValues } from './with-values.ts';

/**
 * The same function, computed again while gradients are taken instead of keeping its intermediate results: it takes less
 * memory and more time. Give the blocks of a deep network each to `checkpoint`.
 *
 * f may read and assign variables. It is computed again with the values that they had, also those of `stepRandom`, so that
 * the same numbers are drawn.
 *
 * @param f  a function of tensors that returns tensors, alone or in arrays and records
 * @throws DTypeError when f returns anything but tensors, or tensors of several dtypes
 * @example
 * const block = checkpoint((x) => x.exp().sin());
 * const x = watch(tensor([0, 1]));
 * String(gradients(block(x).sum(), x))   // [ 0.5403023 -2.4783502]
 * @see Chen, Xu, Zhang, Guestrin, Training deep nets with sublinear memory cost (2016)
 */
export function checkpoint<Result, Args extends readonly Tensor[] = readonly [Tensor]>(
  f: (...args: Args) => Result,
): (...args: Args) => ValuesOf<Result> {
  checkFunction('checkpoint', f, 'checkpoint((x) => block(x))');
  const run = (args: readonly Tensor[]): Results => {
    const value = f(...(args as unknown as Args));
    checkReturned(value, 'A function of checkpoint');
    const tensors: Tensor[] = [];
    return { value: mapTensors(value, (x) => (tensors.push(x.current()), x.current())), joined: joined(tensors) };
  };
  return (...args) => {
    const given = args.map((arg) => checkTensor(arg, 'checkpoint').current());
    const read = new Map<Variable, Tensor>();
    const made = new WeakSet<Tensor>();
    const results = nestedTracing(
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
    const result = results.joined;
    if (!result) return results.value as ValuesOf<Result>;
    const known = new Set([...given, ...read.values()]);
    // Tensors that f reads from outside, besides arguments and variables.
    const captured = [...topologicalOrder([result], (x) => (made.has(x) ? (x.origin?.inputs ?? []) : []))].filter(
      (x) => x.requiresGrad && !made.has(x) && !known.has(x),
    );
    const settings = recomputed(run, given.length, [...read.keys()], captured);
    // The result is complete before it is read, so that a program runs one block after the other, in the same memory.
    const complete = orderedAfter(result, [result]).detach();
    const whole = apply(withDerivative, [complete, ...given, ...read.values(), ...captured], settings);
    let start = 0;
    return mapTensors(results.value, ({ shape, size }) => {
      if (sameShape(shape, whole.shape)) return whole;
      start += size;
      return whole.slice([start - size, start]).reshape(shape) as Tensor;
    }) as ValuesOf<Result>;
  };
}

/** What a function returned, and all its tensors as one. */
interface Results {
  readonly value: unknown;
  readonly joined: Tensor | undefined;
}

/** One tensor as it is, and several as one vector, so that all of them have one derivative. */
function joined(tensors: readonly Tensor[]): Tensor | undefined {
  const [first] = tensors;
  const other = tensors.find(({ dtype }) => dtype !== first!.dtype);
  if (other) {
    throw new DTypeError(
      `checkpoint: the results of a function must have one dtype, got ${first!.dtype} and ${other.dtype}. ` +
        `Cast them, or return the others from outside of checkpoint.`,
    );
  }
  return tensors.length > 1 ? (concat(tensors.map((x): Tensor => x.reshape([-1]))) as Tensor) : first;
}

/** Gradients from a second run. The inputs are the arguments, the values of the variables, and the captured tensors. */
function recomputed(
  run: (args: readonly Tensor[]) => Results,
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
      const again = withValues(own, true, () => run(args).joined!, { check: () => undefined });
      const found = targetsIn(pullback([again], [g], [...args, ...values, ...captured], { partial: true }));
      // What comes next, the second run of the block before, starts when nothing needs the results of this one any more.
      return [...found.slice(0, arity).map((one) => orderedAfter(one, found)), ...found.slice(arity)];
    },
  };
}

/** The same tensor, which a program reads after it has computed the others. */
const orderedAfter = (x: Tensor, others: readonly Tensor[]): Tensor =>
  apply(after, [x, ...others], { derivative: () => [] });
