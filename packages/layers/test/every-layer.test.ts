import { fault, ways } from '@nn/golden';
import {
  checkGradients,
  choice,
  type DType,
  gradients,
  type Random,
  randomState,
  type Shape,
  stepRandom,
  tensor,
  type Tensor,
  watch,
  zeros,
} from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import * as exported from '../src/index.ts';

type Run = (x: Tensor, call?: { readonly training?: boolean }) => Tensor;
type Maker = (shape: Shape, dtype: DType, random: Random) => unknown;

const {
  adaptiveAveragePool1d,
  adaptiveAveragePool2d,
  adaptiveMaxPool1d,
  adaptiveMaxPool2d,
  alphaDropout,
  averagePool1d,
  averagePool2d,
  averagePool3d,
  batchNorm,
  bilinear,
  circularPad,
  conv1d,
  conv2d,
  conv3d,
  convTranspose1d,
  convTranspose2d,
  dense,
  depthwiseConv1d,
  depthwiseConv2d,
  dropout,
  flatten,
  fold,
  freeze,
  gaussianNoise,
  globalAveragePool,
  globalMaxPool,
  groupNorm,
  instanceNorm,
  interpolate,
  layerNorm,
  localResponseNorm,
  lpPool1d,
  lpPool2d,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  normalize,
  parallel,
  pixelShuffle,
  pixelUnshuffle,
  prelu,
  reflectPad,
  replicatePad,
  reshape,
  residual,
  rmsNorm,
  rrelu,
  separableConv1d,
  separableConv2d,
  sequential,
  spatialDropout,
  spectralNorm,
  tiedDense,
  timeDistributed,
  unfold,
  upsample,
  weightNorm,
  zeroPad,
} = exported;

const steps = () => ({ random: stepRandom(3) });

/** Each layer for samples of a shape, and the number of axes that x then has. It throws when x does not fit. */
const rows: Readonly<Record<string, Maker>> = {
  dense: ([, inputs], dtype, random) => dense(inputs!, 3, { random, dtype }),
  batchNorm: ([, channels], dtype) => batchNorm(channels!, { dtype }),
  layerNorm: ([, features], dtype) => layerNorm(features!, { dtype }),
  rmsNorm: ([, features], dtype) => rmsNorm(features!, { dtype }),
  normalize: () => normalize,
  dropout: () => dropout(0.4, steps()),
  alphaDropout: () => alphaDropout(0.4, steps()),
  gaussianNoise: () => gaussianNoise(0.4, steps()),
  prelu: ([, channels], dtype) => prelu({ channels: channels!, dtype }),
  rrelu: () => rrelu(steps()),
  reshape: ([, features]) => reshape([1, features!]),
  residual: ([, features], dtype, random) => residual(dense(features!, features!, { random, dtype })),
  parallel: ([, inputs], dtype, random) => parallel([dense(inputs!, 2, { random, dtype }), (x) => x.tanh()]),
  freeze: ([, inputs], dtype, random) => freeze(dense(inputs!, 2, { random, dtype })),
  weightNorm: ([, inputs], dtype, random) => weightNorm(dense(inputs!, 2, { random, dtype })),
  spectralNorm: ([, inputs], dtype, random) => spectralNorm(dense(inputs!, 3, { random, dtype }), { random }),
  tiedDense: ([, inputs], dtype, random) => tiedDense(exported.embedding(4, inputs!, { random, dtype }).weight),
  sequential: ([, inputs], dtype, random) => sequential(dense(inputs!, 2, { random, dtype }), (x) => x.tanh()),
  bilinear([samples, inputs], dtype, random) {
    const layer = bilinear(inputs!, 2, 3, { random, dtype });
    const other = random.normal([samples!, 2], { dtype }) as Tensor;
    return Object.assign((x: Tensor) => layer(x, { other }), { parameters: layer.parameters });
  },
};

const series: Readonly<Record<string, Maker>> = {
  conv1d: ([, c], dtype, random) => conv1d(c!, 3, 3, { random, dtype, padding: 'causal', dilation: 2 }),
  convTranspose1d: ([, c], dtype, random) =>
    convTranspose1d(c!, 2, 2, { random, dtype, stride: 2, padding: 1, outputPadding: 1 }),
  depthwiseConv1d: ([, c], dtype, random) => depthwiseConv1d(c!, 2, { random, dtype, multiplier: 2 }),
  separableConv1d: ([, c], dtype, random) => separableConv1d(c!, 3, 2, { random, dtype, stride: 2, padding: 1 }),
  maxPool1d: () => maxPool1d(2, { ceilMode: true }),
  averagePool1d: () => averagePool1d(3, { stride: 2, padding: 1, ceilMode: true, countPadding: false }),
  lpPool1d: () => lpPool1d(2, { stride: 1 }),
  adaptiveAveragePool1d: () => adaptiveAveragePool1d(2),
  adaptiveMaxPool1d: () => adaptiveMaxPool1d(2),
  globalAveragePool: () => globalAveragePool,
  globalMaxPool: () => globalMaxPool,
  upsample: () => upsample(1.5, { mode: 'linear' }),
  interpolate: () => (x: Tensor) => interpolate(x, { size: 5, mode: 'cubic' }),
  zeroPad: () => zeroPad([[2, -1]]),
  reflectPad: () => reflectPad([[1, 1]]),
  replicatePad: () => replicatePad(2),
  circularPad: () => circularPad([[0, 2]]),
  instanceNorm: ([, c], dtype) => instanceNorm(c!, { dtype }),
  timeDistributed: ([, , width], dtype, random) => timeDistributed(dense(width!, 3, { random, dtype })),
};

const images: Readonly<Record<string, Maker>> = {
  conv2d: ([, c], dtype, random) => conv2d(c!, 2, 2, { random, dtype, stride: 2, padding: 'same' }),
  convTranspose2d: ([, c], dtype, random) => convTranspose2d(c!, 2, [2, 1], { random, dtype, stride: [2, 1] }),
  depthwiseConv2d: ([, c], dtype, random) => depthwiseConv2d(c!, 2, { random, dtype, padding: 1 }),
  separableConv2d: ([, c], dtype, random) => separableConv2d(c!, 2, [1, 2], { random, dtype, multiplier: 2 }),
  maxPool2d: () => maxPool2d([2, 1], { stride: 1 }),
  averagePool2d: () => averagePool2d(2, { padding: 'same' }),
  lpPool2d: () => lpPool2d([1, 2], { ceilMode: true }),
  adaptiveAveragePool2d: () => adaptiveAveragePool2d([2, 3]),
  adaptiveMaxPool2d: () => adaptiveMaxPool2d([3, 2]),
  unfold: () => unfold([2, 1], { padding: [1, 0], stride: [1, 2] }),
  pixelShuffle: () => pixelShuffle(2),
  pixelUnshuffle: () => pixelUnshuffle(2),
  groupNorm: ([, c], dtype) => groupNorm(2, c!, { dtype }),
  localResponseNorm: () => localResponseNorm(3, { alpha: 0.5 }),
  spatialDropout: () => spatialDropout(0.4, steps()),
  flatten: () => flatten,
};

const others: Readonly<Record<string, readonly [shape: Shape, make: Maker]>> = {
  fold: [[2, 4, 6], () => fold([3, 4], 2)],
  conv3d: [[1, 2, 3, 3, 3], (_, dtype, random) => conv3d(2, 2, 2, { random, dtype })],
  maxPool3d: [[1, 2, 3, 4, 3], () => maxPool3d(2, { stride: 1 })],
  averagePool3d: [[1, 2, 3, 4, 3], () => averagePool3d([1, 2, 2])],
};

const all = [
  ...Object.entries(rows).map(([name, make]) => ({ name, shape: [3, 4], make })),
  ...Object.entries(series).map(([name, make]) => ({ name, shape: [2, 2, 5], make })),
  ...Object.entries(images).map(([name, make]) => ({ name, shape: [2, 4, 4, 4], make })),
  ...Object.entries(others).map(([name, [shape, make]]) => ({ name, shape, make })),
];

/** Exports that are tested elsewhere: they take indices or several sequences, or are no layers. */
const elsewhere = [
  'embedding',
  'embeddingBag',
  'gru',
  'layer',
  'learnedPositions',
  'lstm',
  'multiHeadAttention',
  'rnn',
  'rotaryPositions',
  'scaledDotProductAttention',
  'sinusoidalPositions',
  'summary',
  'transformerDecoderLayer',
  'transformerEncoderLayer',
  // constraints and initializers
  'constrain',
  'maxNorm',
  'nonNegative',
  'unitNorm',
  'constant',
  'glorotNormal',
  'glorotUniform',
  'heNormal',
  'heUniform',
  'lecunNormal',
  'lecunUniform',
  'orthogonal',
  'randomNormal',
  'truncatedNormal',
];

test('every layer is among those that are tested here, or elsewhere', () => {
  const tested = new Set([...all.map(({ name }) => name), ...elsewhere]);
  expect(Object.keys(exported).filter((name) => !tested.has(name))).toEqual([]);
});

const draw = (shape: Shape): Tensor => randomState(11).normal(shape, { dtype: 'float64' });
const near = { rtol: 1e-11, atol: 1e-12 };

/** The gradient of a sum with irregular weights with respect to x. */
function gradientOf(run: Run, x: Tensor): Tensor {
  const y = run(x);
  const numbers = Array.from({ length: y.size }, (_, at) => Math.sin(at + 1));
  const weights = tensor(numbers, { dtype: y.dtype }).reshape(y.shape) as Tensor;
  return gradients(y.mul(weights).sum(), x);
}

describe.each(all)('$name', ({ shape, make }) => {
  const x = draw(shape);

  test('has the first and second derivatives of finite differences', () => {
    const layer = make(shape, 'float64', randomState(5)) as Run & {
      readonly parameters?: Readonly<Record<string, Tensor>>;
    };
    const targets = { x, ...layer.parameters };
    const first = checkGradients(({ x: given }) => layer(given!), targets as Readonly<Record<string, Tensor>>);
    expect(first.passed, String(first)).toBe(true);
    // Times x, because the gradient of what is linear does not depend on x.
    const second = checkGradients((given: Tensor) => gradientOf(layer, given).mul(given), x, { tolerance: 1e-4 });
    expect(second.passed, String(second)).toBe(true);
  });

  test('gives the same for views with other strides', () => {
    const layer = make(shape, 'float64', randomState(5)) as Run;
    const axes = shape.map((_, axis) => shape.length - 1 - axis);
    const turned = randomState(0).normal(
      axes.map((axis) => shape[axis]!),
      { dtype: 'float64' },
    ) as Tensor;
    const view = turned.permute(axes) as Tensor;
    const copy = turned.permute(axes).add(0) as Tensor;
    expect(fault(layer(view).data, layer(copy).data, near)).toBeUndefined();
  });

  test.each(['float32', 'float64'] as const)('keeps %s', (dtype) => {
    expect((make(shape, dtype, randomState(5)) as Run)(zeros(shape, { dtype }).add(0.5) as Tensor).dtype).toBe(dtype);
  });

  test('gives the same in every way, with its gradient', () => {
    const layer = make(shape, 'float64', randomState(5)) as Run;
    const both = (given: Tensor): [Tensor, Tensor] => [layer(given), gradientOf(layer, watch(given))];
    const want = both(x);
    for (const { way, made } of ways) {
      const got = made(both)(x);
      want.forEach((one, at) => expect(fault(got[at]!.data, one.data, near), way).toBeUndefined());
    }
  });
});

/** A model of layers that fit one another, drawn from a seed. */
function randomModel(seed: number): {
  readonly names: readonly string[];
  readonly layers: readonly Run[];
  readonly x: Tensor;
} {
  const source = randomState(seed);
  const tables = { 2: rows, 3: series, 4: images };
  const x = source.normal(choice(source, 2) === 0 ? [2, 4, 6, 6] : [3, 4, 7], { dtype: 'float64' }) as Tensor;
  const [names, layers]: [string[], Run[]] = [[], []];
  let shape: Shape = x.shape;
  for (let tries = 0; tries < 12 && names.length < 6; tries++) {
    const table: Readonly<Record<string, Maker>> = tables[shape.length as 2 | 3 | 4];
    const candidates = Object.entries(table);
    const [name, make] = candidates[choice(source, candidates.length)]!;
    const layer = fitting(make, shape, source);
    if (!layer || layer.shape.reduce((product, length) => product * length, 1) > 2000) continue;
    names.push(name);
    layers.push(layer.run);
    shape = layer.shape;
  }
  return { names, layers, x };
}

/** The layer and the shape that it gives, unless it does not fit. */
function fitting(make: Maker, shape: Shape, random: Random): { readonly run: Run; readonly shape: Shape } | undefined {
  try {
    const run = make(shape, 'float64', random) as Run;
    return { run, shape: run(zeros(shape, { dtype: 'float64' }).add(0.5) as Tensor).shape };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

describe('random models give the same eager and compiled, with gradients and buffers', () => {
  test.each(Array.from({ length: 60 }, (_, seed) => seed))('seed %i', (seed) => {
    const results = ways.map(({ made }) => {
      const { names, layers, x } = randomModel(seed);
      const model = layers as unknown as readonly exported.Layer[];
      const parameters = model.flatMap((layer) => Object.values(layer.parameters ?? {}));
      const step = made((given: Tensor) => {
        const watched = watch(given);
        const y = layers.reduce((value, layer) => layer(value, { training: true }), watched);
        return [y, gradients(y.mul(y).sum(), [watched, ...parameters] as readonly Tensor[])] as const;
      });
      const [y, found] = step(x);
      const buffers = model.flatMap((layer) => Object.values(layer.buffers ?? {}));
      return { title: names.join(', '), values: [y, ...found, ...buffers].map(({ data }) => data) };
    });
    const [eager, ...others] = results;
    for (const { title, values } of others) {
      values.forEach((one, at) => {
        expect(fault(one, eager!.values[at]!, { rtol: 1e-8, atol: 1e-9 }), title).toBeUndefined();
      });
    }
  });
});
