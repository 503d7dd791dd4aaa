import { faultOf, goldenCases, type GoldenTensor, read, type Tolerance, waysAndPrecisions } from '@nn/golden';
import { gradients, ShapeError, tensor, type Tensor, type Variable, watch, zeros } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { batchNorm, layerNorm } from '../src/index.ts';

interface NormCase {
  readonly op: 'batch_norm' | 'layer_norm';
  readonly config: {
    readonly training?: boolean;
    readonly momentum?: number;
    readonly eps: number;
    readonly affine: boolean;
    readonly normalized_shape?: readonly number[];
  };
  readonly inputs: Readonly<Record<string, GoldenTensor>> & { readonly x: GoldenTensor };
  readonly cotangents: { readonly output: GoldenTensor };
  readonly outputs: Readonly<Record<string, GoldenTensor>> & { readonly output: GoldenTensor };
  readonly grads: Readonly<Record<string, GoldenTensor>>;
  readonly tolerance: Readonly<Record<'float32' | 'float64', Tolerance>>;
}

const cases = goldenCases<NormCase>(new URL('../golden/normalization.json', import.meta.url)).map((golden, at) => ({
  title: `${at + 1} ${golden.op} ${JSON.stringify(golden.config)}`,
  golden,
}));

/** PyTorch's names of buffers, and ours. */
const buffers = { running_mean: 'runningMean', running_var: 'runningVariance' };

test('all 12 cases are there', () => {
  expect(cases.length).toBe(12);
});

describe.each(waysAndPrecisions)('normalisations are those of PyTorch, $way, in $dtype', ({ made, dtype }) => {
  test.each(cases)('$title', ({ golden }) => {
    const { op, config, inputs, grads, cotangents, outputs } = golden;
    const { affine, eps: epsilon, momentum = 0.1, training = false } = config;
    const layer =
      op === 'batch_norm'
        ? batchNorm(inputs.x.shape[1]!, { affine, epsilon, momentum, dtype })
        : layerNorm(config.normalized_shape!, { affine, epsilon, dtype });
    const variables: Readonly<Record<string, Variable>> = { ...layer.parameters, ...layer.buffers };
    for (const [name, value] of Object.entries(inputs)) {
      variables[buffers[name as keyof typeof buffers] ?? name]?.assign(read(value, dtype));
    }
    const step = made((given: Tensor) => {
      const x = watch(given);
      const y = layer(x, { training }) as Tensor;
      const targets: Readonly<Record<string, Tensor>> = { x, ...layer.parameters };
      return [y, gradients(y.mul(read(cotangents.output, dtype)).sum(), targets)] as const;
    });
    const [output, found] = step(read(inputs.x, dtype));
    const got: Readonly<Record<string, Tensor>> = {
      output,
      ...Object.fromEntries(Object.entries(buffers).map(([name, ours]) => [name, variables[ours] as Tensor])),
    };
    for (const [name, value] of Object.entries(outputs)) {
      expect(faultOf(got[name]!, value, golden.tolerance[dtype]), name).toBeUndefined();
    }
    expect(Object.keys(found).toSorted()).toEqual(Object.keys(grads).toSorted());
    for (const [name, value] of Object.entries(grads)) {
      expect(faultOf(found[name]!, value, golden.tolerance[dtype]), name).toBeUndefined();
    }
  });
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
    expect(() => batchNorm(0)).toThrow('batchNorm: channels must be a positive integer, got 0.');
    expect(() => batchNorm(2, { momentum: 2 })).toThrow(RangeError);
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
