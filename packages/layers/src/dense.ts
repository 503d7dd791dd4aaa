import {
  checkFloating,
  checkLike,
  checkNumber,
  checkOptions,
  checkRandom,
  type DType,
  type Random,
  type Shape,
  ShapeError,
  showShape,
  type Variable,
  variable,
} from '@nn/tensor';
import { constant } from './constant.ts';
import { glorotUniform } from './glorot-uniform.ts';
import type { Initializer } from './initializer.ts';
import { type Layer, layer } from './layer.ts';
import type { Rows } from './shape-rule.ts';

/** The options of `dense`. */
export interface DenseOptions {
  /** The generator that the first weights are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** The initial weight; `glorotUniform` unless given. Before relu `heNormal` fits better. */
  readonly weight?: Initializer;
  /** The initial bias, or false for a layer without one; zeros unless given. */
  readonly bias?: boolean | Initializer;
  /** The first part of the names of its parameters in a model, `hidden.weight`; without one it is the place, `0.weight`. */
  readonly name?: string | undefined;
  /** The dtype of the parameters; float32 unless given. */
  readonly dtype?: DType;
}

/** A dense layer. Its parameters are `weight`, and `bias` if it has one. */
export interface Dense<out In extends number = number, out Out extends number = number> extends Layer<Rows<In, Out>> {
  readonly weight: Variable<[In, Out]>;
  readonly bias: Variable<[Out]> | undefined;
}

/**
 * A dense layer: every neuron is connected with every input.
 *
 *   y = x · W + b           x [..., inputs], W [inputs, neurons], b [neurons], y [..., neurons]
 *
 * @param inputs   how many numbers a row of x has
 * @param neurons  how many numbers a row of y has
 * @throws RangeError, TypeError when a size is no positive integer
 * @throws TypeError when an option is unknown
 * @throws ShapeError when an initializer gives another shape
 * @throws DTypeError when there is no generator, or the dtype is not floating
 * @example dense(2, 64, { random: randomState(0) })(tensor([[1, 2]])).shape.join(' ')   // 1 64
 * @see Kinsley, Kukieła, Neural Networks from Scratch in Python (2020), ch. 3
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function dense<const In extends number, const Out extends number>(
  inputs: In,
  neurons: Out,
  options: DenseOptions,
): Dense<In, Out> {
  if (typeof inputs === 'object') {
    throw new TypeError(
      'dense takes sizes, not a tensor. Make a layer first: dense(2, 64, { random: randomState(0) }).',
    );
  }
  const caller = `dense(${inputs}, ${neurons})`;
  for (const [name, size] of Object.entries({ inputs, neurons })) {
    const fits = Number.isInteger(size) && size > 0;
    checkNumber(caller, name, size, fits, 'a positive integer', 'Write dense(2, 64, …).');
  }
  const known = ['random', 'weight', 'bias', 'name', 'dtype'];
  const given: Partial<DenseOptions> = checkOptions('dense', options ?? {}, known, {
    activation: `Put the activation behind it: sequential(${caller.slice(0, -1)}, …), relu, …).`,
  });
  const { weight = glorotUniform, bias = true, name, dtype = 'float32' } = given;
  const random = checkRandom(given.random, caller);
  checkFloating(dtype, `${caller}: the weight`);
  const initial = <S extends Shape>(part: string, initializer: Initializer, shape: S): Variable<S> => {
    const value = checkLike(initializer(shape, random, dtype), { shape, dtype }, `${caller}: the initial ${part}`);
    return variable(value, { name: `${name ?? caller}.${part}` });
  };
  const weights = initial<[In, Out]>('weight', weight, [inputs, neurons]);
  const biases = bias === false ? undefined : initial<[Out]>('bias', bias === true ? constant(0) : bias, [neurons]);

  const made = layer({
    title: caller,
    name,
    input: [inputs],
    parameters: { weight: weights, ...(biases && { bias: biases }) },
    call(x) {
      checkRows(caller, x.shape, inputs);
      const y = x.matmul(weights);
      return biases ? y.add(biases) : y;
    },
  });
  return Object.assign(made, { weight: weights, bias: biases }) as unknown as Dense<In, Out>;
}

function checkRows(caller: string, shape: Shape, inputs: number): void {
  if (shape.at(-1) === inputs) return;
  const hint =
    shape.length === 2 && shape[0] === inputs
      ? 'Did you mean x.T, one row per sample?'
      : 'Reshape x, or make a layer for such rows.';
  throw new ShapeError(`${caller} expects rows of length ${inputs}, got ${showShape(shape)}. ${hint}`);
}
