import { array, type Arbitrary, boolean, constantFrom, nat, record } from 'fast-check';
import { type DType, gradients, type Tensor, type Variable, variable, where } from '../src/index.ts';
import type { Shape } from '../src/shape.ts';
import { drawn, type Drawn, type RandomProgram } from './random-program.ts';
import { whole } from './whole-numbers.ts';

/** A layer of a network; its neurons see what the layer before it gives. */
interface Layer {
  readonly neurons: number;
  /**
   * Where its weight comes from: one of its own, lying one way or the other, or that of an earlier layer if one fits. A
   * recurrent layer sees what it gave last time instead of the layer before it.
   */
  readonly weight: 'own' | 'turned' | 'shared' | 'recurrent';
  readonly bias: 'none' | 'row' | 'number';
  readonly activation: keyof typeof activations;
  /** What an earlier layer gave is joined to what it gives, if it is as wide. */
  readonly skip: 'none' | 'added' | 'multiplied' | 'chosen';
}

/** What a network is made of, and how it is trained. */
interface Recipe {
  readonly rows: number;
  /** More than one: the rows come in so many groups, as matrices of a batch. */
  readonly groups: number;
  readonly inputs: number;
  readonly input: DType;
  /** Rows lie as columns. */
  readonly turned: boolean;
  readonly dtype: 'float32' | 'float64';
  readonly layers: readonly Layer[];
  /** Unless 0, all layers and the input are so wide. */
  readonly width: number;
  readonly loss: keyof typeof losses;
  /** Without one it only says what it makes of its input. */
  readonly update: keyof typeof updates | 'none';
  /** What is read besides the loss: some of what was computed on the way must then be stored. */
  readonly read: readonly number[];
}

// Of whole numbers all of these give whole numbers, and most keep them small.
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

/** New values of a parameter and of what is kept about it, small whole numbers again. */
const updates = {
  descent: (parameter: Tensor, kept: Tensor, slope: Tensor) => [parameter.sub(slope).clip(-1, 1), kept],
  momentum: (parameter: Tensor, kept: Tensor, slope: Tensor) => {
    const next = kept.mul(2).sub(slope).clip(-2, 2);
    return [parameter.add(next).clip(-1, 1), next];
  },
  chosen: (parameter: Tensor, kept: Tensor, slope: Tensor) => {
    const next = slope.abs().minimum(3) as Tensor;
    return [where(next.greater(kept), parameter.neg(), parameter), next];
  },
} satisfies Readonly<Record<string, (parameter: Tensor, kept: Tensor, slope: Tensor) => readonly [Tensor, Tensor]>>;

const keysOf = <Table extends object>(table: Table): (keyof Table)[] => Object.keys(table) as (keyof Table)[];

const layer: Arbitrary<Layer> = record({
  neurons: constantFrom(1, 2, 3, 4, 4, 5, 8, 8, 12, 12, 16, 20),
  weight: constantFrom('own', 'own', 'turned', 'shared', 'recurrent'),
  bias: constantFrom('none', 'row', 'row', 'row', 'number'),
  activation: constantFrom(...keysOf(activations)),
  skip: constantFrom('none', 'none', 'added', 'multiplied', 'chosen'),
});

const recipes: Arbitrary<Recipe> = record({
  rows: constantFrom(1, 2, 3, 7, 48, 97, 97, 100, 100, 193),
  groups: constantFrom(1, 1, 1, 1, 1, 1, 2, 3),
  inputs: constantFrom(1, 2, 3, 4, 5, 8, 16),
  input: constantFrom<DType>('float32', 'float32', 'float32', 'float64', 'int32', 'bool'),
  turned: boolean(),
  dtype: constantFrom('float32', 'float32', 'float32', 'float32', 'float64'),
  layers: array(layer, { minLength: 1, maxLength: 3 }),
  width: constantFrom(0, 0, 0, 4, 8, 20),
  loss: constantFrom(...keysOf(losses)),
  update: constantFrom('none', ...keysOf(updates)),
  read: array(nat(40), { maxLength: 3 }),
});

/** Training steps of small networks, on as many rows as are worked on in one piece, or in several. */
export const networks: Arbitrary<Drawn> = drawn(recipes, randomNetwork);

/** Numbers from −1 to 1, others for each `from`. */
const ternary = (shape: Shape, from: number, dtype: DType): Tensor => whole(shape, from, dtype).clip(-1, 1);

/** A network with its training step: what it gives is exact, since all of its numbers are whole. */
function randomNetwork(recipe: Recipe): RandomProgram {
  const { rows, groups, width, input, turned, dtype, loss, update, read } = recipe;
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
    const isTurned = one.weight === 'turned';
    const across = width || one.neurons;
    const from = isRecurrent ? across : neurons;
    neurons = across;
    const known = weights.find(({ shape }) => shape[0] === from && shape[1] === across);
    const shape = isTurned ? [across, from] : [from, across];
    const weight = one.weight === 'shared' && known ? known : parameter(shape);
    if (!isTurned) weights.push(weight);
    const bias = one.bias === 'none' ? undefined : parameter(one.bias === 'row' ? [across] : []);
    const state = isRecurrent ? (variable(ternary(shapeOf(rows, across), 9, dtype)) as Variable) : undefined;
    return { ...one, weight, isTurned, bias, state };
  });
  const kept = parameters.map(({ shape }) => variable(ternary(shape, 0, dtype)) as Variable);

  return {
    variables: [...parameters, ...kept, ...layers.flatMap(({ state }) => state ?? [])],
    args: (from) => [
      whole(turned ? shapeOf(inputs, rows) : shapeOf(rows, inputs), from, input).clip(-2, 2),
      whole(shapeOf(rows, neurons), from + 1, dtype).clip(-2, 2),
      whole(shapeOf(rows, 1), from + 2, 'int32')
        .abs()
        .minimum(neurons - 1) as Tensor,
    ],
    step(given, target, labels) {
      const made: Tensor[] = [];
      let x = turned ? (given!.mT as Tensor) : given!;
      for (const { weight, isTurned, bias, activation, skip, state } of layers) {
        const product = (state ?? x).matmul(isTurned ? weight.T : weight) as Tensor;
        const sum = bias ? (product.add(bias) as Tensor) : product;
        const own = activations[activation](sum);
        const earlier = made.findLast(({ shape }) => String(shape) === String(own.shape));
        made.push(sum, own);
        x = skip === 'none' || !earlier ? own : joined(skip, own, earlier);
        made.push(x);
        state?.assign(own.clip(-2, 2));
      }
      const total = losses[loss](x, target!, labels!);
      if (update !== 'none') {
        const slopes = gradients(total, parameters as readonly Tensor[]);
        for (const [at, slope] of slopes.entries()) {
          const [next, keep] = updates[update](parameters[at]!, kept[at]!, slope as Tensor);
          parameters[at]!.assign(next);
          kept[at]!.assign(keep);
        }
        made.push(...(slopes as readonly Tensor[]));
      }
      return { exact: [total, ...read.map((at) => made[at % made.length]!)], rounded: [] };
    },
  };
}

function joined(skip: 'added' | 'multiplied' | 'chosen', own: Tensor, earlier: Tensor): Tensor {
  if (skip === 'added') return own.add(earlier).clip(-4, 4);
  if (skip === 'multiplied') return own.mul(earlier).clip(-4, 4);
  return where(own.less(earlier), own, earlier.clip(-4, 4));
}
