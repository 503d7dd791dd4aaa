import {
  compile,
  gradients,
  ones,
  randomState,
  ShapeError,
  stepRandom,
  tensor,
  type Tensor,
  variable,
  zeros,
} from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { describe, expect, test } from 'vitest';
import {
  batchNorm,
  constrain,
  conv2d,
  dense,
  dropout,
  freeze,
  maxNorm,
  nonNegative,
  parallel,
  reshape,
  residual,
  sequential,
  timeDistributed,
  unitNorm,
} from '../src/index.ts';
import { expectGradients } from './replay.ts';

const random = randomState(0);
const dtype = 'float64';
const draw = (shape: readonly number[]): Tensor => random.normal(shape, { dtype });

test.each([
  ['residual', residual(dense(3, 3, { random, dtype })), [4, 3]],
  [
    'residual with a shortcut',
    residual(dense(3, 2, { random, dtype }), { shortcut: dense(3, 2, { random, dtype }) }),
    [4, 3],
  ],
  ['parallel concat', parallel([dense(3, 2, { random, dtype }), (x) => x.tanh()]), [4, 3]],
  [
    'parallel add',
    parallel([dense(3, 3, { random, dtype }), dense(3, 3, { random, dtype })], { combine: 'add' }),
    [4, 3],
  ],
  ['timeDistributed', timeDistributed(conv2d(1, 2, 2, { random, dtype })), [2, 2, 1, 3, 3]],
  ['freeze', freeze(dense(3, 2, { random, dtype })), [4, 3]],
] as const)('%s has the gradients of finite differences, and is the same compiled', (_, layer, shape) => {
  expectGradients(layer as (x: Tensor) => Tensor, draw(shape), layer.parameters);
});

test('reshape keeps samples, also none', () => {
  expect(reshape([2, -1])(zeros([3, 8])).shape).toEqual([3, 2, 4]);
  expect(reshape([2, -1])(zeros([0, 8])).shape).toEqual([0, 2, 4]);
  expect(reshape([4])(tensor([[1, 2, 3, 4]]).reshape([1, 2, 2])).toArray()).toEqual([[1, 2, 3, 4]]);
});

test('parts are told that the model is trained, and their variables have names', () => {
  const drop = dropout(0.5, { random: stepRandom(0), name: 'drop' });
  const parts = [
    residual(drop, { shortcut: dense(3, 3, { random }) }),
    parallel([drop, dense(3, 2, { random })], { axis: -1 }),
    timeDistributed(sequential(drop)),
  ];
  const x = ones([4, 2, 3]) as Tensor;
  for (const part of parts) {
    expect(part(x, { training: true }).toArray()).not.toEqual(part(x).toArray());
  }
  expect(parts.map(({ parameters, buffers }) => [...Object.keys(parameters), ...Object.keys(buffers)])).toEqual([
    ['shortcut.weight', 'shortcut.bias', 'branch.random'],
    ['1.weight', '1.bias', 'drop.random'],
    ['layer.drop.random'],
  ]);
});

test('timeDistributed does on each step what the layer does on a sample', () => {
  const inner = conv2d(1, 2, 2, { random });
  const x = draw([2, 3, 1, 4, 4]).cast('float32') as Tensor;
  const y = timeDistributed(inner)(x);
  const step = (inner as unknown as (x: Tensor) => Tensor)(x.slice([], 1) as Tensor);
  expect((y.slice([], 1) as Tensor).toArray()).toEqual(step.toArray());
});

describe('freeze', () => {
  test('makes buffers of parameters', () => {
    const frozen = freeze(sequential(dense(2, 3, { random }), batchNorm(3)));
    expect(Object.keys(frozen.parameters)).toEqual([]);
    expect(Object.keys(frozen.buffers)).toEqual([
      '0.weight',
      '0.bias',
      '1.weight',
      '1.bias',
      '1.runningMean',
      '1.runningVariance',
    ]);
  });

  test('lets gradients through to what stands before', () => {
    const first = dense(2, 2, { random });
    const model = sequential(first, freeze(dense(2, 1, { random, name: 'last' })));
    expect(Object.keys(gradients(model(ones([1, 2])).sum(), model.parameters))).toEqual(['0.weight', '0.bias']);
    expect(Object.keys(model.buffers)).toEqual(['last.weight', 'last.bias']);
  });
});

describe('constrain', () => {
  test('keeps the weights of each neuron within a length, eager and compiled, and does not touch shorter ones', () => {
    const start = tensor([
      [3, 0.1],
      [4, 0.7],
    ]);
    const weights = [variable(start), variable(start)] as const;
    constrain({ weight: weights[0] }, maxNorm(1));
    compile(() => constrain({ weight: weights[1] }, maxNorm(1)), wasm)();
    const [eager, compiled] = weights.map((weight) => [...weight.data]);
    expect(eager).toEqual([0.6, 0.1, 0.8, 0.7].map(Math.fround));
    expect(compiled).toEqual(eager);
  });

  test('takes filters of a convolution one by one', () => {
    const layer = conv2d(2, 3, 2, { random });
    constrain({ weight: layer.weight }, unitNorm);
    const lengths = layer.weight.mul(layer.weight).sum([1, 2, 3]) as Tensor;
    expect(lengths.sub(1).abs().max().item()).toBeLessThan(1e-6);
    constrain({ weight: layer.weight }, nonNegative);
    expect(layer.weight.min().item()).toBe(0);
  });

  test('refuses what is no variable, and a constraint that changes the shape, and changes nothing then', () => {
    const weight = variable(ones([2]));
    expect(() => constrain({ weight, other: ones([2]) as never }, nonNegative)).toThrow(
      "constrain: 'other' must be a variable, got a tensor. Pass model.parameters.",
    );
    expect(() => constrain({ weight }, (w) => w.sum() as Tensor)).toThrow(ShapeError);
    expect(weight.toArray()).toEqual([1, 1]);
    expect(() => maxNorm(0)).toThrow('maxNorm: limit must be a finite number above 0, got 0. Write maxNorm(3).');
  });
});

test('what does not fit is refused', () => {
  expect(() => reshape([0])).toThrow('reshape([0]): a length must be a positive integer, or −1 once, got 0.');
  expect(() => reshape([-1, -1])).toThrow('only one length may be −1');
  expect(() => reshape([2, 3])(zeros([4, 5]))).toThrow('reshape([2, 3]) expects samples of 6 numbers, got [4, 5].');
  expect(() => reshape([2, -1])(zeros([4, 5]))).toThrow('expects samples of 2 · * numbers, got [4, 5]');
  expect(() => residual(zeros([2]) as never)).toThrow('residual: the branch must be a layer or a function of a tensor');
  expect(() => residual(dense(3, 2, { random }))(zeros([1, 3]))).toThrow(
    'residual(dense(3, 2)): the branch gives [1, 2], and x is [1, 3]. ' +
      'Give { shortcut }, a layer that makes the shape of the branch.',
  );
  expect(() => parallel([])).toThrow('parallel takes an array of layers, with at least one. Write parallel([a, b]).');
  expect(() => parallel([(x) => x], { combine: 'sum' as never })).toThrow("combine must be 'concat' or 'add', got sum");
  expect(() => parallel([(x) => x, (x) => x.sum(-1)])(zeros([2, 3]))).toThrow(
    'results [2, 3], [2] must have the same shape',
  );
  expect(() => timeDistributed((x) => x)(zeros([2]))).toThrow('expects x of shape [N, time, …], got [2]');
  expect(() => timeDistributed((x) => x.sum(0))(zeros([2, 3, 4]))).toThrow('of 6 samples the layer made [4]');
  expect(() => freeze(((x: Tensor) => x) as never)).toThrow('freeze takes a layer, got function.');
});
