import {
  checkFloating,
  checkLike,
  checkNumber,
  checkRandom,
  type DType,
  owned,
  type Random,
  type Shape,
  ShapeError,
  showShape,
  type Tensor,
  type Variable,
  variable,
} from '@nn/tensor';
import { constant } from './constant.ts';
import type { Initializer } from './initializer.ts';
import type { Layer } from './layer.ts';
import { scaledNormal } from './scaled-normal.ts';

/** What `dense` can be told. */
export interface DenseOptions {
  /** Where the first weights are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** What the weight starts with; 0.01 · N(0, 1) unless told otherwise. */
  readonly weight?: Initializer;
  /** Whether there is a bias, or what it starts with; zeros unless told otherwise. */
  readonly bias?: boolean | Initializer;
  /** The name that its parameters bear in a model, `hidden.weight`; without one they bear its place, `0.weight`. */
  readonly name?: string | undefined;
  /** float32 unless told otherwise. */
  readonly dtype?: DType;
}

/** A dense layer: its parameters are `weight`, and `bias` if it has one. */
export interface Dense<In extends number = number, Out extends number = number> extends Layer<In, Out> {
  readonly weight: Variable<[In, Out]>;
  readonly bias: Variable<[Out]> | undefined;
}

/**
 * A layer in which every neuron is connected with every input:
 *
 *   y = x · W + b           x [..., inputs], W [inputs, neurons], b [neurons], y [..., neurons]
 *
 * @param inputs   how many numbers a row of x has
 * @param neurons  how many numbers a row of y has
 * @throws RangeError, TypeError when a size is no whole number above 0
 * @throws ShapeError when an initializer gives another shape
 * @throws DTypeError when there is no generator, or the dtype has no fractions
 * @example dense(2, 64, { random: randomState(0) })(tensor([[1, 2]])).shape.join(' ')   // 1 64
 * @see Kinsley, Kukieła, Neural Networks from Scratch in Python (2020), ch. 3
 */
// Not marked as free of side effects: it draws, and what is drawn next depends on it.
export function dense<const In extends number, const Out extends number>(
  inputs: In,
  neurons: Out,
  options: DenseOptions,
): Dense<In, Out> {
  const asked = `dense(${inputs}, ${neurons})`;
  const {
    random,
    weight = scaledNormal(),
    bias = true,
    name,
    dtype = 'float32',
  }: Partial<DenseOptions> = options ?? {};
  for (const [name, size] of Object.entries({ inputs, neurons })) {
    const fits = Number.isInteger(size) && size > 0;
    checkNumber(asked, name, size, fits, 'a whole number from 1 on', 'Write dense(2, 64, …).');
  }
  const source = checkRandom(random, asked);
  checkFloating(dtype, `${asked}: the weight`);
  const start = <S extends Shape>(part: string, initializer: Initializer, shape: S): Variable<S> => {
    const value = checkLike(initializer(shape, source, dtype), { shape, dtype }, `${asked}: the initial ${part}`);
    return variable(value, { name: `${name ?? asked}.${part}` });
  };
  const weights = start<[In, Out]>('weight', weight, [inputs, neurons]);
  const biases = bias === false ? undefined : start<[Out]>('bias', bias === true ? constant(0) : bias, [neurons]);

  const run = (x: Tensor): Tensor => {
    checkRows(asked, owned(x, asked).shape, inputs);
    const y = x.matmul(weights);
    return biases ? y.add(biases) : y;
  };
  return Object.assign(run, {
    weight: weights,
    bias: biases,
    parameters: { weight: weights, ...(biases && { bias: biases }) },
    title: `dense ${inputs} → ${neurons}`,
    label: name,
    sample: [inputs] as const,
  }) as unknown as Dense<In, Out>;
}

function checkRows(asked: string, shape: Shape, inputs: number): void {
  if (shape.at(-1) === inputs) return;
  const mend =
    shape.length === 2 && shape[0] === inputs
      ? 'Did you mean x.T, one row per sample?'
      : 'Reshape x, or make a layer for such rows.';
  throw new ShapeError(`${asked} expects rows of length ${inputs}, got ${showShape(shape)}. ${mend}`);
}
