import { array, type Arbitrary, boolean, constantFrom, record } from 'fast-check';
import { convolve, type DType, gradients, slidingWindows, type Tensor, type Variable, variable } from '../src/index.ts';
import type { Shape } from '../src/shape.ts';
import { integerTensor } from './integers.ts';
import { drawn, type Drawn, type RandomProgram } from './random-program.ts';

/** Settings of a layer along one axis. */
interface AxisRecipe {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
}

interface LayerRecipe {
  /** Pooling layers take the sum of each window, or twice the largest element less the sum. */
  readonly kind: 'convolution' | 'largest' | 'sum';
  readonly axes: readonly AxisRecipe[];
  readonly outputs: number;
  /** Each channel has filters of its own. */
  readonly depthwise: boolean;
  readonly bias: boolean;
  readonly relu: boolean;
}

interface Recipe {
  readonly samples: number;
  readonly channels: number;
  readonly lengths: readonly number[];
  /** The axis of channels is the last in memory. */
  readonly channelsLast: boolean;
  readonly dtype: DType;
  readonly layers: readonly LayerRecipe[];
  readonly trained: boolean;
}

const axis: Arbitrary<AxisRecipe> = record({
  size: constantFrom(1, 2, 3, 3, 3, 5, 70),
  stride: constantFrom(1, 1, 1, 2, 3),
  dilation: constantFrom(1, 1, 1, 2),
  before: constantFrom(0, 1, 1, 2),
  after: constantFrom(0, 1, 1, 2),
});

const recipes: Arbitrary<Recipe> = record({
  samples: constantFrom(1, 2, 3, 5, 100),
  channels: constantFrom(1, 2, 3, 4, 7),
  lengths: array(constantFrom(1, 2, 3, 4, 5, 6, 8, 8, 9, 13, 16, 17), { minLength: 1, maxLength: 3 }),
  channelsLast: boolean(),
  dtype: constantFrom<DType>('float32', 'float32', 'float32', 'float64', 'int32'),
  layers: array(
    record({
      kind: constantFrom('convolution', 'convolution', 'convolution', 'largest', 'sum'),
      axes: array(axis, { minLength: 3, maxLength: 3 }),
      outputs: constantFrom(1, 2, 3, 4, 6, 7, 8, 13),
      depthwise: boolean(),
      bias: boolean(),
      relu: boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  trained: boolean(),
});

/** Training steps of small convolutional networks. Results are exact, because all numbers are integers. */
export const convolutionalNetworks: Arbitrary<Drawn> = drawn(
  recipes.map((recipe) => {
    // Tensors stay small.
    const most = recipe.samples > 5 ? 40 : 600;
    let size = recipe.channels;
    return {
      ...recipe,
      lengths: recipe.lengths.map((length) => (size * length <= most ? ((size *= length), length) : 1)),
    };
  }),
  randomNetwork,
);

const small = (shape: Shape, from: number, dtype: DType): Tensor => integerTensor(shape, from, dtype).clip(-1, 1);

/** What a layer does along each axis: a window never reaches beyond what there is. */
function fitting(axes: readonly AxisRecipe[], lengths: readonly number[]): readonly AxisRecipe[] {
  return lengths.map((length, at) => {
    const { size, dilation, ...rest } = axes[at]!;
    const room = length + rest.before + rest.after;
    const fits = Math.min(size, room);
    return { ...rest, size: fits, dilation: (fits - 1) * dilation < room ? dilation : 1 };
  });
}

function randomNetwork({ samples, channels, lengths, channelsLast, dtype, layers, trained }: Recipe): RandomProgram {
  const parameters: Variable[] = [];
  const parameter = (shape: Shape): Variable => {
    const made = variable(small(shape, parameters.length + 3, dtype)) as Variable;
    parameters.push(made);
    return made;
  };
  let depth = channels;
  let space = lengths;
  const made = layers.map((given, place) => {
    const one: LayerRecipe = place === 0 ? { ...given, kind: 'convolution' } : given;
    const axes = fitting(one.axes, space);
    const settings = {
      strides: axes.map(({ stride }) => stride),
      dilations: axes.map(({ dilation }) => dilation),
      padding: axes.map(({ before, after }) => [before, after] as const),
    };
    const sizes = axes.map(({ size }) => size);
    if (one.kind !== 'convolution') {
      const windowed = sizes.map((size, at) => Math.min(size, space[at]!, 3));
      space = space.map((length, at) => Math.floor((length - windowed[at]!) / settings.strides[at]!) + 1);
      return { ...one, sizes: windowed, settings };
    }
    space = axes.map(
      ({ size, stride, dilation, before, after }, at) =>
        Math.floor((space[at]! + before + after - (size - 1) * dilation - 1) / stride) + 1,
    );
    const groups = one.depthwise ? depth : 1;
    const outputs = one.depthwise ? depth * (1 + (one.outputs % 2)) : one.outputs;
    const filters = parameter([outputs, depth / groups, ...sizes]);
    depth = outputs;
    return {
      ...one,
      sizes,
      settings,
      groups,
      filters,
      bias: one.bias ? parameter([depth, ...space.map(() => 1)]) : undefined,
    };
  });
  const inMemory = channelsLast ? [samples, ...lengths, channels] : [samples, channels, ...lengths];

  return {
    variables: parameters,
    args: (from) => [small(inMemory, from, dtype)],
    step(given) {
      let x = given!;
      if (channelsLast) x = x.permute([0, x.rank - 1, ...lengths.map((_, at) => at + 1)]) as Tensor;
      const results: Tensor[] = [];
      for (const { kind, sizes, settings, relu, ...own } of made) {
        if ('filters' in own) {
          const { groups, filters, bias } = own;
          x = convolve(x, filters, { ...settings, groups });
          if (bias) x = x.add(bias);
        } else {
          const axes = sizes.map((_, at) => at + 2);
          const windows = slidingWindows(x, axes, sizes, { strides: settings.strides });
          const within = axes.map((at) => at + sizes.length);
          x = windows.sum(within) as Tensor;
          // Equal elements share the gradient of a maximum, and thirds are not exact.
          if (kind === 'largest') x = (windows.max(within).detach() as Tensor).mul(2).sub(x) as Tensor;
        }
        if (relu) x = x.maximum(0);
        x = x.clip(-3, 3);
        results.push(x);
      }
      const loss = x.mul(x).sum();
      if (trained && dtype !== 'int32') {
        for (const [at, gradient] of gradients(loss, parameters as readonly Tensor[]).entries()) {
          results.push(gradient as Tensor);
          parameters[at]!.assign(parameters[at]!.sub(gradient as Tensor).clip(-1, 1));
        }
      }
      return { exact: [loss, ...results], rounded: [] };
    },
  };
}
