import { gradients, randomState, ShapeError, tensor, type Tensor, type Variable, watch, zeros } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import {
  batchNorm,
  groupNorm,
  instanceNorm,
  type LayerFacts,
  layerNorm,
  localResponseNorm,
  normalize,
  rmsNorm,
} from '../src/index.ts';
import { expectGradients, type LayerCase, replayCases, type Tensors } from './replay.ts';

const sized = ({ inputs }: LayerCase, axis: number): number => inputs['x']!.shape[axis]!;

/** PyTorch's names of buffers, and ours. */
function statistics(layer: LayerFacts): Readonly<Record<'running_mean' | 'running_var', Variable>> {
  const { runningMean, runningVariance } = layer.buffers;
  return { running_mean: runningMean!, running_var: runningVariance! };
}

replayCases('normalization', 27, {
  batch_norm(golden, dtype) {
    const { affine, eps: epsilon, momentum, training } = golden.config as never;
    const layer = batchNorm(sized(golden, 1), { affine, epsilon, momentum, dtype });
    return {
      variables: { ...layer.parameters, ...statistics(layer) },
      run: ({ x }) => ({ output: layer(x!, { training }), ...statistics(layer) }),
    };
  },
  batch_norm_sequence({ config, inputs }, dtype) {
    const { affine, eps: epsilon, momentum, batches } = config as Readonly<Record<string, never>>;
    const options = { affine: affine!, epsilon: epsilon!, momentum: momentum ?? ('cumulative' as const), dtype };
    const layer = batchNorm(inputs['x0']!.shape[1]!, options);
    return {
      variables: { ...layer.parameters, ...statistics(layer) },
      run(x) {
        const outputs = Array.from({ length: batches! }, (_, at) => ({
          [`output${at}`]: layer(x[`x${at}`]!, { training: true }),
          ...Object.fromEntries(
            Object.entries(statistics(layer)).map(([name, value]) => [`${name}${at}`, (value as Tensor).add(0)]),
          ),
        }));
        return Object.assign({ output_eval: layer(x['x_eval']!) }, ...outputs) as Tensors;
      },
    };
  },
  layer_norm({ config }, dtype) {
    const { affine, eps: epsilon, normalized_shape } = config as never;
    const layer = layerNorm(normalized_shape, { affine, epsilon, dtype });
    return { variables: layer.parameters, run: ({ x }) => ({ output: layer(x!) }) };
  },
  group_norm({ config }, dtype) {
    const { num_groups, num_channels, eps: epsilon } = config as never;
    const layer = groupNorm(num_groups, num_channels, { epsilon, dtype });
    return { variables: layer.parameters, run: ({ x }) => ({ output: layer(x!) }) };
  },
  instance_norm(golden, dtype) {
    const layer = instanceNorm(sized(golden, 1), { epsilon: golden.config['eps'] as number, dtype });
    return { variables: layer.parameters, run: ({ x }) => ({ output: layer(x!) }) };
  },
  // The recorded weight is one number for all features.
  rms_norm(golden) {
    const layer = rmsNorm(sized(golden, 1), { epsilon: golden.config['eps'] as number, affine: false });
    return { run: ({ x, weight }) => ({ output: layer(x!).mul(weight!) }) };
  },
  local_response_norm({ config }) {
    const { size, ...options } = config as Readonly<Record<string, number>>;
    const layer = localResponseNorm(size!, options);
    return { run: ({ x }) => ({ output: layer(x!) }) };
  },
  normalize({ config }) {
    const { p: order, dim: axis, eps: epsilon } = config as never;
    return { run: ({ x }) => ({ output: normalize(x!, { order, axis, epsilon }) }) };
  },
});

describe('batchNorm', () => {
  test('uses the batch in training, and the running statistics otherwise', () => {
    const layer = batchNorm(1, { epsilon: 0, momentum: 0.5 });
    const x = tensor([[1], [3]]);
    expect(layer(x, { training: true }).toArray()).toEqual([[-1], [1]]);
    // mean 2 and unbiased variance 2, half of the way from 0 and 1
    expect([layer.buffers['runningMean']!.item(), layer.buffers['runningVariance']!.item()]).toEqual([1, 1.5]);
    expect(layer(tensor([[1]])).toArray()).toEqual([[0]]);
  });

  test('refuses a batch of one in training, and other channels, and changes nothing then', () => {
    const layer = batchNorm(2);
    expect(() => layer(zeros([1, 2]), { training: true })).toThrow(ShapeError);
    expect(() => layer(zeros([1, 2]), { training: true })).toThrow('at least two values per channel, got [1, 2]');
    expect(() => layer(zeros([4, 3]))).toThrow('batchNorm(2) expects x of shape [N, 2, …], got [4, 3].');
    expect(layer.buffers['runningVariance']!.toArray()).toEqual([1, 1]);
    expect(() => batchNorm(0)).toThrow('batchNorm(0): channels must be a positive integer, got 0.');
    expect(() => batchNorm(2, { momentum: 2 })).toThrow(
      new RangeError(
        "batchNorm(2): momentum must be a number from 0 to 1, or 'cumulative', got 2. Check where it comes from.",
      ),
    );
  });
});

describe('layerNorm', () => {
  test('refuses another shape of the last axes', () => {
    expect(() => layerNorm([2, 3])(zeros([4, 3]))).toThrow(
      'layerNorm([2, 3]) expects the last axes of x to be [2, 3], got [4, 3].',
    );
    expect(() => layerNorm(-1)).toThrow(RangeError);
    expect(() => layerNorm({ features: 2 } as never)).toThrow(
      new TypeError(
        'layerNorm(an object of Object): features must be a positive integer, got object. Check where it comes from.',
      ),
    );
  });
});

const draw = (shape: readonly number[]): Tensor => randomState(1).normal(shape, { dtype: 'float64' });
const dtype = 'float64';

test.each([
  ['groupNorm', groupNorm(2, 4, { dtype }), [2, 4, 3]],
  ['groupNorm of rows', groupNorm(2, 4, { dtype }), [3, 4]],
  ['instanceNorm', instanceNorm(3, { dtype }), [2, 3, 4]],
  ['rmsNorm', rmsNorm([2, 3], { dtype }), [4, 2, 3]],
  ['localResponseNorm', localResponseNorm(4, { alpha: 0.5 }), [2, 5, 2]],
] as const)('%s has the gradients of finite differences, and is the same compiled', (_, layer, shape) => {
  expectGradients(layer as (x: Tensor) => Tensor, draw(shape), layer.parameters);
});

test.each([1, 2, 3, Infinity])('normalize of order %d changes nothing when repeated', (order) => {
  const x = draw([4, 3]);
  expectGradients((given) => normalize(given, { order }), x);
  const again = normalize(normalize(x, { order }), { order });
  expect(again.sub(normalize(x, { order })).abs().max().item()).toBeLessThan(1e-15);
});

test('normalize of zeros is zeros, with a finite gradient', () => {
  const x = watch(zeros([1, 2]));
  expect(normalize(x).toArray()).toEqual([[0, 0]]);
  expect(gradients(normalize(x).sum(), x).data.every(Number.isFinite)).toBe(true);
});

test('what does not fit other normalisations is refused', () => {
  expect(() => groupNorm(3, 4)).toThrow('groupNorm(3, 4): groups must divide 4 channels, got 3. Choose a divisor.');
  expect(() => groupNorm(2, 4)(zeros([1, 3, 2]))).toThrow(
    'groupNorm(2, 4) expects x of shape [N, 4, …], got [1, 3, 2].',
  );
  expect(() => instanceNorm(2)(zeros([4, 2]))).toThrow('instanceNorm(2) expects x of shape [N, 2, *, …], got [4, 2].');
  expect(() => rmsNorm(3)(zeros([4, 2]))).toThrow('rmsNorm(3) expects the last axes of x to be [3], got [4, 2].');
  expect(() => localResponseNorm(0)).toThrow('localResponseNorm: size must be a positive integer, got 0.');
  expect(() => localResponseNorm(2, { beta: NaN })).toThrow('beta must be a finite non-negative number, got NaN');
  expect(() => localResponseNorm(2)(zeros([3]))).toThrow(ShapeError);
  expect(() => normalize(zeros([2]), { order: 0.5 })).toThrow('order must be a number from 1 to Infinity, got 0.5');
  expect(() => normalize(zeros([2]), { dim: 1 } as never)).toThrow("Unknown option 'dim' of normalize");
  expect(() => rmsNorm(2, { momentum: 1 } as never)).toThrow("Unknown option 'momentum' of rmsNorm");
});
