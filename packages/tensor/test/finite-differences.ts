import { gradients, type Tensor, watch } from '../src/index.ts';
import type { Operation } from '../src/operation.ts';
import { apply } from '../src/tensor.ts';
import { type Layout, tensorWithLayout, repeated, repeatedAxis } from './layouts.ts';
import type { Sample, SampleInput } from './samples.ts';

const epsilon = 1e-6;
const absolute = 1e-5;
const relative = 1e-3;

/** A derivative that differs from its difference quotient. */
export interface DerivativeError {
  readonly input: number;
  readonly at: number;
  readonly derivative: number;
  readonly difference: number;
}

/** Irregular weights, so that errors of different elements do not cancel. */
const weights = (shape: readonly number[], seed: number): SampleInput => {
  const size = shape.reduce((product, length) => product * length, 1);
  return { shape, values: Array.from({ length: size }, (_, at) => Math.sin(seed + 1.7 * at) + 0.3) };
};

const plain = (input: SampleInput): Tensor =>
  tensorWithLayout(input, input.dtype ?? 'float64', 'contiguous', undefined);

/** A scalar loss with a linear and a quadratic term in every element of the result. */
function lossOf(operation: Operation, inputs: readonly Tensor[], settings: unknown): Tensor {
  const output = apply(operation, inputs, settings as never);
  const linear = output.mul(plain(weights(output.shape, 1)));
  const square = output.mul(output).mul(plain(weights(output.shape, 2)));
  return linear.add(square).sum();
}

/** The weighted sum of all elements of all first derivatives. */
function weightedGradient(operation: Operation, inputs: readonly Tensor[], settings: unknown): Tensor {
  const watched = inputs.filter((input) => input.dtype === 'float64');
  const first = gradients(lossOf(operation, inputs, settings), watched);
  return first
    .map((gradient, index) => gradient.mul(plain(weights(gradient.shape, 3 + index))).sum())
    .reduce((sum, part) => sum.add(part));
}

/**
 * Compares first or second derivatives of an operation with difference quotients.
 *
 * Derivatives are computed from inputs with the memory layout `layout`, differences from contiguous copies.
 */
export function derivativeErrors(
  operation: Operation,
  sample: Sample,
  layout: Layout,
  order: 1 | 2,
): DerivativeError[] {
  const measure = order === 1 ? lossOf : weightedGradient;
  const { settings } = sample;
  const shown = sample.inputs.map((input) => {
    const axis = layout === 'broadcast' ? repeatedAxis(input, sample) : undefined;
    return { axis, input: axis === undefined ? input : repeated(input, axis) };
  });
  const inputs = shown.map(({ axis, input }) => {
    const tensor = tensorWithLayout(input, input.dtype ?? 'float64', layout, axis);
    return input.dtype ? tensor : watch(tensor);
  });

  const result = measure(operation, inputs, settings);
  const watched = inputs.filter((input) => input.dtype === 'float64');
  // A constant first derivative does not require a gradient: the second derivative is 0.
  const found = result.requiresGrad ? gradients(result, watched).map(({ data }) => data) : undefined;

  const at = (index: number, place: number, by: number): number => {
    const moved = shown.map(({ input }, other) => {
      const values = other === index ? input.values.with(place, input.values[place]! + by) : input.values;
      const tensor = plain({ ...input, values });
      // Second derivatives differentiate inside `measure`.
      return input.dtype || order === 1 ? tensor : watch(tensor);
    });
    return measure(operation, moved, settings).item();
  };

  let nth = 0;
  return shown.flatMap(({ input }, index) => {
    if (input.dtype) return [];
    const derivatives = found?.[nth++];
    return input.values.flatMap((_, place): DerivativeError[] => {
      const derivative = derivatives?.[place] ?? 0;
      const difference = (at(index, place, epsilon) - at(index, place, -epsilon)) / (2 * epsilon);
      const close = Math.abs(derivative - difference) <= absolute + relative * Math.abs(difference);
      return close ? [] : [{ input: index, at: place, derivative, difference }];
    });
  });
}
