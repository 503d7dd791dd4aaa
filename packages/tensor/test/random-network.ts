import { array, type Arbitrary, boolean, constantFrom, nat, record } from 'fast-check';
import { type DType, gradients, type Tensor, type Variable, variable, where } from '../src/index.ts';
import type { Shape } from '../src/shape.ts';
import { drawn, type Drawn, type RandomProgram } from './random-program.ts';
import { integerTensor } from './integers.ts';

/** A dense layer of a network. */
interface Layer {
  readonly neurons: number;
  /**
   * The weight: its own, its own but transposed, or that of an earlier layer if one fits. The input of a recurrent layer is
   * its own output of the last step, not that of the layer before.
   */
  readonly weight: 'own' | 'transposed' | 'shared' | 'recurrent';
  readonly bias: 'none' | 'row' | 'number';
  readonly activation: keyof typeof activations;
  /** How the output is combined with that of an earlier layer of the same shape, if there is one. */
  readonly skip: 'none' | 'added' | 'multiplied' | 'chosen';
}

/** A description of a network and its training. */
interface Recipe {
  readonly rows: number;
  /** If more than one, the input is a batch of so many matrices. */
  readonly groups: number;
  readonly inputs: number;
  readonly input: DType;
  /** Whether the input is transposed. */
  readonly transposed: boolean;
  readonly dtype: 'float32' | 'float64';
  readonly layers: readonly Layer[];
  /** The width of all layers and of the input, unless 0. */
  readonly width: number;
  readonly loss: keyof typeof losses;
  /** How parameters are updated; with `none` the network is only evaluated. */
  readonly update: keyof typeof updates | 'none';
  /** Which intermediate results are returned besides the loss; these must be stored. */
  readonly read: readonly number[];
}

// All of these map integers to integers, and most keep them small.
const activations = {
  none: (x: Tensor) => x,
  relu: (x: Tensor) => x.maximum(0),
  cut: (x: Tensor) => x.clip(-3, 3),
  reluCut: (x: Tensor) => x.clip(0, 3),
  leaky: (x: Tensor) => x.maximum(x.mul(-2)).clip(-3, 3),
  distance: (x: Tensor) => x.abs().minimum(3) as Tensor,
  step: (x: Tensor) => where(x.greater(0), x.clip(-2, 2), 1),
  aligned: (x: Tensor) => x.sub(x.max(-2, { keepdims: true }).detach()).clip(-3, 3),
  centred: (x: Tensor) => x.sub(x.max(-1, { keepdims: true }).detach()).clip(-3, 3),
  sign: (x: Tensor) => x.sign().add(x.clip(-1, 1)) as Tensor,
} satisfies Readonly<Record<string, (x: Tensor) => Tensor>>;

const losses = {
  sum: (y: Tensor) => y.sum(),
  squares: (y: Tensor) => {
    const small = y.clip(-5, 5);
    return small.mul(small).sum();
  },
  distance: (y: Tensor, target: Tensor) => y.sub(target).abs().sum(),
  hinge: (y: Tensor, _: Tensor, labels: Tensor) => {
    const right = y.gather(labels, -1);
    return y.sub(right).add(1).maximum(0).sum();
  },
  rows: (y: Tensor) => y.sum(-1).clip(-3, 3).sum(),
  best: (y: Tensor) => y.gather(y.argmax(-1, { keepdims: true }), -1).sum(),
} satisfies Readonly<Record<string, (y: Tensor, target: Tensor, labels: Tensor) => Tensor>>;

/** The new values of a parameter and of the optimizer's state for it, again small integers. */
const updates = {
  descent: (parameter: Tensor, kept: Tensor, gradient: Tensor) => [parameter.sub(gradient).clip(-1, 1), kept],
  momentum: (parameter: Tensor, kept: Tensor, gradient: Tensor) => {
    const next = kept.mul(2).sub(gradient).clip(-2, 2);
    return [parameter.add(next).clip(-1, 1), next];
  },
  chosen: (parameter: Tensor, kept: Tensor, gradient: Tensor) => {
    const next = gradient.abs().minimum(3) as Tensor;
    return [where(next.greater(kept), parameter.neg(), parameter), next];
  },
} satisfies Readonly<Record<string, (parameter: Tensor, kept: Tensor, gradient: Tensor) => readonly [Tensor, Tensor]>>;

const keysOf = <Table extends object>(table: Table): (keyof Table)[] => Object.keys(table) as (keyof Table)[];

const layer: Arbitrary<Layer> = record({
  neurons: constantFrom(1, 2, 3, 4, 4, 5, 8, 8, 12, 12, 16, 20),
  weight: constantFrom('own', 'own', 'transposed', 'shared', 'recurrent'),
  bias: constantFrom('none', 'row', 'row', 'row', 'number'),
  activation: constantFrom(...keysOf(activations)),
  skip: constantFrom('none', 'none', 'added', 'multiplied', 'chosen'),
});

const recipes: Arbitrary<Recipe> = record({
  rows: constantFrom(1, 2, 3, 7, 48, 97, 97, 100, 100, 193),
  groups: constantFrom(1, 1, 1, 1, 1, 1, 2, 3),
  inputs: constantFrom(1, 2, 3, 4, 5, 8, 16),
  input: constantFrom<DType>('float32', 'float32', 'float32', 'float64', 'int32', 'bool'),
  transposed: boolean(),
  dtype: constantFrom('float32', 'float32', 'float32', 'float32', 'float64'),
  layers: array(layer, { minLength: 1, maxLength: 3 }),
  width: constantFrom(0, 0, 0, 4, 8, 20),
  loss: constantFrom(...keysOf(losses)),
  update: constantFrom('none', ...keysOf(updates)),
  read: array(nat(40), { maxLength: 3 }),
});

/** Training steps of small networks, on few rows and on several row blocks. */
export const networks: Arbitrary<Drawn> = drawn(recipes, randomNetwork);

/** Integers from −1 to 1; each seed `from` gives others. */
const ternary = (shape: Shape, from: number, dtype: DType): Tensor => integerTensor(shape, from, dtype).clip(-1, 1);

/** A network with its training step. Results are exact, because all numbers are integers. */
function randomNetwork(recipe: Recipe): RandomProgram {
  const { rows, groups, width, input, transposed, dtype, loss, update, read } = recipe;
  const inputs = width || recipe.inputs;
  const shapeOf = (...axes: number[]): number[] => (groups > 1 ? [groups, ...axes] : axes);
  const weights: Variable[] = [];
  const parameters: Variable[] = [];
  const parameter = (shape: Shape): Variable => {
    const made = variable(ternary(shape, parameters.length + 3, dtype)) as Variable;
    parameters.push(made);
    return made;
  };

  let neurons = inputs;
  const layers = recipe.layers.map((one) => {
    const isRecurrent = one.weight === 'recurrent';
    const isTransposed = one.weight === 'transposed';
    const across = width || one.neurons;
    const from = isRecurrent ? across : neurons;
    neurons = across;
    const known = weights.find(({ shape }) => shape[0] === from && shape[1] === across);
    const shape = isTransposed ? [across, from] : [from, across];
    const weight = one.weight === 'shared' && known ? known : parameter(shape);
    if (!isTransposed) weights.push(weight);
    const bias = one.bias === 'none' ? undefined : parameter(one.bias === 'row' ? [across] : []);
    const state = isRecurrent ? (variable(ternary(shapeOf(rows, across), 9, dtype)) as Variable) : undefined;
    return { ...one, weight, isTransposed, bias, state };
  });
  const kept = parameters.map(({ shape }) => variable(ternary(shape, 0, dtype)) as Variable);

  return {
    variables: [...parameters, ...kept, ...layers.flatMap(({ state }) => state ?? [])],
    args: (from) => [
      integerTensor(transposed ? shapeOf(inputs, rows) : shapeOf(rows, inputs), from, input).clip(-2, 2),
      integerTensor(shapeOf(rows, neurons), from + 1, dtype).clip(-2, 2),
      integerTensor(shapeOf(rows, 1), from + 2, 'int32')
        .abs()
        .minimum(neurons - 1) as Tensor,
    ],
    step(given, target, labels) {
      const made: Tensor[] = [];
      let x = transposed ? (given!.mT as Tensor) : given!;
      for (const { weight, isTransposed, bias, activation, skip, state } of layers) {
        const product = (state ?? x).matmul(isTransposed ? weight.T : weight) as Tensor;
        const sum = bias ? (product.add(bias) as Tensor) : product;
        const own = activations[activation](sum);
        const earlier = made.findLast(({ shape }) => String(shape) === String(own.shape));
        made.push(sum, own);
        x = skip === 'none' || !earlier ? own : combined(skip, own, earlier);
        made.push(x);
        state?.assign(own.clip(-2, 2));
      }
      const total = losses[loss](x, target!, labels!);
      if (update !== 'none') {
        const found = gradients(total, parameters as readonly Tensor[]);
        for (const [at, gradient] of found.entries()) {
          const [next, keep] = updates[update](parameters[at]!, kept[at]!, gradient as Tensor);
          parameters[at]!.assign(next);
          kept[at]!.assign(keep);
        }
        made.push(...(found as readonly Tensor[]));
      }
      return { exact: [total, ...read.map((at) => made[at % made.length]!)], rounded: [] };
    },
  };
}

function combined(skip: 'added' | 'multiplied' | 'chosen', own: Tensor, earlier: Tensor): Tensor {
  if (skip === 'added') return own.add(earlier).clip(-4, 4);
  if (skip === 'multiplied') return own.mul(earlier).clip(-4, 4);
  return where(own.less(earlier), own, earlier.clip(-4, 4));
}
