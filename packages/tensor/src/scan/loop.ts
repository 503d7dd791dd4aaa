import { stack } from '../combination.ts';
import { zeros } from '../creation.ts';
import { allocate, type TypedArray } from '../dtype.ts';
import type { LoopOperation, LoopSettings, ResultOperation } from '../operation.ts';
import { reference } from '../reference/interpreter.ts';
import type { Numbers } from '../reference/kernel.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { packed, rowMajor, type Strided } from '../strided.ts';
import { apply, type Tensor } from '../tensor.ts';
import { again } from './loop-body.ts';
import { backwardLoop } from './loop-derivative.ts';

/** The results of a loop that has run. */
interface LoopNumbers extends Strided {
  resultAt(at: number): Numbers;
}

/**
 * Repeats a program.
 *
 * @formula carry, y[t] = body(carry, x[t], shared) for each t
 */
const loop: LoopOperation = {
  kind: 'loop',
  name: 'loop',
  shape: () => [0],
  // Gradients flow through it.
  dtype: () => 'float32',
  forward: (_, inputs, settings): LoopNumbers => {
    // The derivative may ask for more results later. They are then computed in a second run.
    let results = runBody(inputs, settings);
    const resultAt = (at: number): Numbers => {
      if (at >= results.length) results = runBody(inputs, settings);
      return results[at]!;
    };
    return { array: allocate('float32', 0), strides: [1], offset: 0, resultAt };
  },
  derivative(cotangents, applied, needed) {
    const backward = backwardLoop(applied, resultsOf(applied), cotangents, needed);
    return backward.gradients(runLoop(backward.inputs, backward.settings));
  },
};

/**
 * A result of a loop.
 *
 * @formula the values carried on after the last step, or those of one tensor in all steps
 */
const result: ResultOperation = {
  kind: 'result',
  name: 'result',
  shape: (_, { shape }) => shape,
  dtype: (_, { dtype }) => dtype,
  forward: (_, [given], { at }) => (given as unknown as LoopNumbers).resultAt(at),
  derivative: (g) => g,
};

/** All results of a loop, by the reference. */
function runBody(inputs: readonly Numbers[], { body, length, reverse }: LoopSettings): readonly Numbers[] {
  const [first, second] = [body.carry.length, body.carry.length + body.slices.length];
  const step = reference(body.program(body.stacked.map((_, at) => at)));
  const arrays = inputs.map((x) => packed(x, x.shape, x.dtype));
  arrays.forEach((array, at) => {
    if (at < first || at >= second) step.input(at).set(array);
  });
  const stacks = body.stacked.map(({ shape, dtype }) => allocate(dtype, length * sizeOf(shape)));
  for (let done = 0; done < length; done++) {
    const t = reverse ? length - 1 - done : done;
    for (let at = first; at < second; at++) {
      const entry = step.input(at);
      entry.set(arrays[at]!.subarray(t * entry.length, (t + 1) * entry.length));
    }
    step.run(1);
    stacks.forEach((to, at) => {
      const entry = step.output(first + at);
      to.set(entry, t * entry.length);
    });
  }
  const numbers = (array: TypedArray, shape: Shape, { dtype }: Tensor): Numbers => {
    return { array, strides: rowMajor(shape), offset: 0, shape, dtype };
  };
  return [
    ...body.carry.map((x, at) => numbers(step.input(at).slice(), x.shape, x)),
    ...body.stacked.map((x, at) => numbers(stacks[at]!, [length, ...x.shape], x)),
  ];
}

/** The results of a loop. */
export interface LoopResults {
  /** A value that is carried on, after the last step. */
  final(at: number): Tensor;
  /** The values of a tensor of the body in all steps, along a first axis. */
  stacked(x: Tensor): Tensor;
  /** What the operation gave; undefined where the loop has run at once. */
  readonly loop?: Tensor;
}

/** Runs a loop: at once if all inputs have numbers, otherwise as an operation of a program. */
export function runLoop(inputs: readonly Tensor[], settings: LoopSettings): LoopResults {
  if (inputs.every((x) => !x.symbolic)) return runStepByStep(inputs, settings);
  return resultsOf(apply(loop, inputs, settings));
}

/** The results of a loop that was applied. */
function resultsOf(of: Tensor): LoopResults & { readonly loop: Tensor } {
  const { body, length } = of.origin!.settings as LoopSettings;
  const read = (at: number, shape: Shape, { dtype }: Tensor): Tensor => apply(result, [of], { at, shape, dtype });
  return {
    loop: of,
    final: (at) => read(at, body.carry[at]!.shape, body.carry[at]!),
    stacked: (x) => read(body.carry.length + body.stack(x), [length, ...x.shape], x),
  };
}

/** Applies the operations of the body again for every step, so that each result has an origin of its own. */
function runStepByStep(inputs: readonly Tensor[], { body, length, reverse }: LoopSettings): LoopResults {
  const [first, second] = [body.carry.length, body.carry.length + body.slices.length];
  const order = [...body.tensors()];
  let carry = inputs.slice(0, first);
  const steps: ReadonlyMap<Tensor, Tensor>[] = new Array(length);
  for (let done = 0; done < length; done++) {
    const t = reverse ? length - 1 - done : done;
    const values = new Map<Tensor, Tensor>();
    body.carry.forEach((x, at) => values.set(x, carry[at]!));
    body.slices.forEach((x, at) => values.set(x, inputs[first + at]!.slice(t) as Tensor));
    body.shared.forEach((x, at) => values.set(x, inputs[second + at]!));
    for (const x of order) if (!values.has(x)) values.set(x, x.symbolic ? again(x.origin!, values) : x);
    carry = body.next.map((x) => values.get(x)!);
    steps[t] = values;
  }
  return {
    final: (at) => carry[at]!,
    stacked(x) {
      if (length === 0) return zeros([0, ...x.shape], { dtype: x.dtype });
      return stack(steps.map((values) => values.get(x) ?? x)) as Tensor;
    },
  };
}
