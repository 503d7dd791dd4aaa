import {
  arange,
  checkFloating,
  checkLike,
  checkNumber,
  checkOptions,
  checkRandom,
  checkTensor,
  checkValues,
  concat,
  type DType,
  type LayerCall,
  type NamedVariables,
  type Random,
  scan,
  type Shape,
  ShapeError,
  showShape,
  stack,
  type Tensor,
  type Variable,
  variable,
  where,
  zeros,
} from '@nn/tensor';
import { glorotUniform } from './glorot-uniform.ts';
import type { Initializer } from './initializer.ts';
import { type Layer, layer } from './layer.ts';
import { orthogonal } from './orthogonal.ts';
import type { Stated } from './shape-rule.ts';
import { variablesOf } from './variables-of.ts';

/** The options of `rnn`, `lstm` and `gru`. */
export interface RecurrentOptions<Sequences extends boolean = boolean> {
  /** The generator that the first weights are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** Whether the layer gives its output at every time, [N, time, …], and not only the last one; false unless given. */
  readonly returnSequences?: Sequences;
  /** How many layers are stacked; 1 unless given. */
  readonly layers?: number;
  /** Whether each layer also reads the sequence backwards, and gives both outputs side by side; false unless given. */
  readonly bidirectional?: boolean;
  /** Whether there are biases; true unless given. */
  readonly bias?: boolean;
  /** Applied to what one stacked layer gives the next: `dropout(0.1, { random: stepRandom(0) })`. */
  readonly dropout?: Layer | undefined;
  /** The initial weights of x; `glorotUniform` for each gate unless given. */
  readonly weight?: Initializer;
  /** The initial weights of the state; `orthogonal()` for each gate unless given. */
  readonly recurrentWeight?: Initializer;
  /** The first part of the names of its parameters in a model. */
  readonly name?: string | undefined;
  /** The dtype of the parameters; float32 unless given. */
  readonly dtype?: DType;
}

/** The states of a recurrent layer by name, each [layers · directions, N, hidden]: `hidden`, and `cell` of an lstm. */
export type RecurrentState = Readonly<Record<string, Tensor>>;

/** What a call of a recurrent layer may be told besides x. */
export interface RecurrentCall extends LayerCall {
  /** The states before the first time; zeros unless given. */
  readonly state?: RecurrentState | undefined;
  /** How many times of each sequence are real, int32 [N], each from 1 to the time of x; the rest is padding. */
  readonly lengths?: Tensor | undefined;
}

/** What `run` gives. */
export interface RecurrentRun {
  /** The output at every time, [N, time, hidden · directions]; zeros in the padding. */
  readonly output: Tensor;
  /** The states after the last real time. `state` of the next call continues from there. */
  readonly state: RecurrentState;
}

/** A recurrent layer. */
export interface Recurrent<out In extends Shape = Shape, out Out extends Shape = Shape> extends Layer<Stated<In, Out>> {
  (x: Tensor, call?: RecurrentCall): Tensor<Out>;
  /** The output at every time, and the states at the end. */
  run(x: Tensor, call?: RecurrentCall): RecurrentRun;
}

/** What one kind of recurrent layer computes at one time. */
export interface Cell {
  /** How many blocks of `hidden` columns its weights have. */
  readonly gates: number;
  /** The names of its states. The first is its output. */
  readonly states: readonly string[];
  /** Whether the bias of the state's product is a parameter of its own, since it is not added to the other one. */
  readonly recurrentBias?: true;
  /** The initial bias of each gate; zeros unless given. */
  readonly bias?: readonly number[];
  /**
   * The states after one time.
   *
   * @param states     the states before, each [N, hidden]
   * @param input      x · W + b of this time, [N, gates · hidden]
   * @param recurrent  hidden · U, with its own bias if it has one
   */
  next(states: readonly Tensor[], input: Tensor, recurrent: Tensor): readonly Tensor[];
}

/** The columns of one gate. */
export function gate(x: Tensor, at: number, gates: number): Tensor {
  const width = x.shape.at(-1)! / gates;
  return x.slice([], [at * width, (at + 1) * width]) as Tensor;
}

/** The logistic function, computed as (1 + tanh(x / 2)) / 2. */
export const logistic = (x: Tensor): Tensor => x.mul(0.5).tanh().mul(0.5).add(0.5);

const optionNames = [
  'random',
  'returnSequences',
  'layers',
  'bidirectional',
  'bias',
  'dropout',
  'weight',
  'recurrentWeight',
  'name',
  'dtype',
];

/** One direction of one of the stacked layers. */
interface Direction {
  readonly reverse: boolean;
  readonly weight: Variable;
  readonly recurrentWeight: Variable;
  readonly bias: Variable | undefined;
  readonly recurrentBias: Variable | undefined;
}

/**
 * A recurrent layer of some cell.
 *
 * @param factory  the function that users call, for titles and messages
 * @param more     the names of options that only this factory has
 */
export function recurrent(
  factory: string,
  inputs: number,
  hidden: number,
  options: RecurrentOptions,
  cell: Cell,
  more: readonly string[] = [],
): Recurrent {
  const caller = `${factory}(${inputs}, ${hidden})`;
  const given: Partial<RecurrentOptions> = checkOptions(factory, options ?? {}, [...optionNames, ...more]);
  const { returnSequences = false, layers = 1, bidirectional = false, dropout, name, dtype = 'float32' } = given;
  for (const [what, value] of Object.entries({ inputs, hidden, layers })) {
    checkNumber(caller, what, value, Number.isInteger(value) && value > 0, 'a positive integer');
  }
  checkFloating(dtype, `${caller}: the dtype`);
  const random = checkRandom(given.random, caller);
  const ways = bidirectional ? [false, true] : [false];
  const stacked = Array.from({ length: layers }, (_, at) =>
    ways.map((reverse) =>
      direction(caller, cell, at === 0 ? inputs : hidden * ways.length, hidden, reverse, random, given),
    ),
  );

  const run = (x: Tensor, call: RecurrentCall): RecurrentRun => {
    const samples = checkSequences(caller, x, inputs);
    const start = statesOf(caller, cell, call.state, [layers * ways.length, samples, hidden], x.dtype);
    const real = call.lengths && realTimes(caller, call.lengths, x);
    const ends: (readonly Tensor[])[] = [];
    let output: Tensor = x;
    for (const [at, directions] of stacked.entries()) {
      const read = at > 0 && dropout ? dropout(output, { training: call.training ?? false }) : output;
      const outputs = directions.map((each) => {
        const before = start.map((state) => state.slice(ends.length) as Tensor);
        const [after, ys] = readSequence(cell, each, read, before, real);
        ends.push(after);
        return ys;
      });
      output = outputs.length === 1 ? outputs[0]! : (concat(outputs, -1) as Tensor);
    }
    const state = cell.states.map((each, at) => [each, stack(ends.map((end) => end[at]!))] as const);
    return { output, state: Object.fromEntries(state) };
  };
  const made = layer({
    title: caller,
    name,
    parameters: parametersOf(stacked),
    buffers: variablesOf(caller, dropout ? [['dropout', dropout]] : []).buffers,
    options: ['state', 'lengths'],
    call(x: Tensor, call: RecurrentCall): Tensor {
      const { output, state } = run(x, call);
      if (returnSequences) return output;
      // The last output is the state at the end: of each direction, when it has read all of the sequence.
      const last = state[cell.states[0]!]!.slice([-ways.length, null]) as Tensor;
      return last.permute([1, 0, 2]).reshape([x.shape[0]!, hidden * ways.length]);
    },
  });
  return Object.assign(made, {
    run(x: Tensor, call: RecurrentCall = {}): RecurrentRun {
      return run(checkTensor(x, caller), checkOptions(`${caller}.run`, call, ['training', 'state', 'lengths']));
    },
  }) as unknown as Recurrent;
}

/** The parameters of one direction. Each gate is drawn as a matrix of its own, so that its fan is that of the gate. */
function direction(
  caller: string,
  { gates, bias: biases, recurrentBias }: Cell,
  inputs: number,
  hidden: number,
  reverse: boolean,
  random: Random,
  {
    weight = glorotUniform,
    recurrentWeight = orthogonal(),
    bias = true,
    name,
    dtype = 'float32',
  }: Partial<RecurrentOptions>,
): Direction {
  const own = (part: string, value: Tensor): Variable => variable(value, { name: `${name ?? caller}.${part}` });
  const drawn = (part: string, initializer: Initializer, rows: number): Variable => {
    const shape: Shape = [rows, hidden];
    const parts = Array.from({ length: gates }, () =>
      checkLike(initializer(shape, random, dtype), { shape, dtype }, `${caller}: the initial ${part} of a gate`),
    );
    return own(part, concat(parts, 1));
  };
  const zero: Tensor = zeros([gates * hidden], { dtype });
  const start = biases ? (concat(biases.map((value) => zeros([hidden], { dtype }).add(value))) as Tensor) : zero;
  return {
    reverse,
    weight: drawn('weight', weight, inputs),
    recurrentWeight: drawn('recurrentWeight', recurrentWeight, hidden),
    bias: bias ? own('bias', start) : undefined,
    recurrentBias: bias && recurrentBias ? own('recurrentBias', zero) : undefined,
  };
}

/**
 * The parameters by name. Names begin with the place of a layer where several are stacked, and then with `backward` where
 * that is the direction: `weight`, `backward.weight`, `1.weight`, `1.backward.weight`.
 */
function parametersOf(stacked: readonly (readonly Direction[])[]): NamedVariables {
  const named = stacked.flatMap((directions, at) =>
    directions.flatMap(({ reverse, ...variables }) =>
      Object.entries(variables).map(([name, own]: readonly [string, Variable | undefined]) => [
        `${stacked.length > 1 ? `${at}.` : ''}${reverse ? 'backward.' : ''}${name}`,
        own,
      ]),
    ),
  );
  return Object.fromEntries(named.filter(([, own]) => own !== undefined)) as NamedVariables;
}

/** Reads a sequence in one direction: the states at the end, and the output at every time, [N, time, hidden]. */
function readSequence(
  cell: Cell,
  { reverse, weight, recurrentWeight, bias, recurrentBias }: Direction,
  x: Tensor,
  before: readonly Tensor[],
  real: Tensor | undefined,
): readonly [after: readonly Tensor[], output: Tensor] {
  // The products with x do not depend on the state: they are one product over all times.
  const product: Tensor = x.permute([1, 0, 2]).matmul(weight);
  const inputs: Tensor = bias ? product.add(bias) : product;
  const [after, output] = scan(
    (states: readonly Tensor[], now: { readonly input: Tensor; readonly real?: Tensor }) => {
      const own: Tensor = states[0]!.matmul(recurrentWeight);
      const next = cell.next(states, now.input, recurrentBias ? own.add(recurrentBias) : own);
      if (!now.real) return [next, next[0]!] as const;
      // In the padding the states stay, and the output is 0.
      const kept = next.map((state, at) => where(now.real!, state, states[at]!) as Tensor);
      return [kept, where(now.real, next[0]!, 0) as Tensor] as const;
    },
    before,
    { input: inputs, ...(real && { real }) },
    { reverse },
  );
  return [after, output.permute([1, 0, 2])];
}

/** Which times of each sequence are real, bool [time, N, 1]. */
function realTimes(caller: string, lengths: Tensor, x: Tensor): Tensor {
  const [samples, time] = x.shape as readonly [number, number];
  const { dtype, shape } = checkTensor(lengths, `${caller}: lengths`);
  if (dtype !== 'int32' || shape.length !== 1 || shape[0] !== samples) {
    throw new ShapeError(
      `${caller}: lengths must be int32 of shape [${samples}], one for each sequence, got ${dtype} ${showShape(shape)}. ` +
        `Write tensor([3, 5], { dtype: 'int32' }).`,
    );
  }
  const fits = lengths.greaterEqual(1).logicalAnd(lengths.lessEqual(time));
  checkValues(
    caller,
    fits,
    [lengths],
    (row, [own]) =>
      new RangeError(
        `${caller}: sequence ${row} has length ${own!.data[row]}, and x has ${time} times. Lengths are 1 … ${time}.`,
      ),
  );
  const times: Tensor = arange(time).expandDims(-1);
  return times.less(lengths).expandDims(-1);
}

/** The states before the first time, in the order of the cell. */
function statesOf(
  caller: string,
  { states }: Cell,
  given: RecurrentState | undefined,
  shape: Shape,
  dtype: DType,
): readonly Tensor[] {
  if (given !== undefined) checkOptions(`${caller}: state`, given, states);
  return states.map((name) => {
    const value = given?.[name];
    if (value === undefined) return zeros(shape, { dtype });
    const own = checkTensor(value, `${caller}: state.${name}`).shape;
    if (own.join() === shape.join()) return value;
    throw new ShapeError(
      `${caller}: state.${name} must be [layers · directions, N, hidden], here ${showShape(shape)}, got ${showShape(own)}. ` +
        `Pass what run gave as state.`,
    );
  });
}

/** Returns how many sequences x holds. */
function checkSequences(caller: string, x: Tensor, inputs: number): number {
  const { shape } = checkTensor(x, caller);
  if (shape.length === 3 && shape[2] === inputs && shape[1]! > 0) return shape[0]!;
  throw new ShapeError(
    `${caller} expects x of shape [N, time, ${inputs}], got ${showShape(shape)}. ` +
      `Reshape x, one row of ${inputs} numbers for each time.`,
  );
}
