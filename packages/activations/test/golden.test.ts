import { faultOf, type GoldenCase, goldenCases, type GoldenTensor, read, waysAndPrecisions } from '@nn/golden';
import { gradients, type Tensor, watch } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { identity, leakyRelu, logSoftmax, relu, sigmoid, softmax, swish, tanh } from '../src/index.ts';

interface ActivationCase extends GoldenCase {
  readonly inputs: { readonly x: GoldenTensor };
  readonly cotangents: { readonly output: GoldenTensor };
  readonly outputs: { readonly output: GoldenTensor };
  readonly grads: { readonly x: GoldenTensor };
}

const cases = goldenCases<ActivationCase>(new URL('../golden/activations.json', import.meta.url));

/** PyTorch's operation in our words, and the names in `config` that it heeds. */
const ours: Readonly<Record<string, readonly [(x: Tensor, setting: number) => Tensor, setting?: string]>> = {
  identity: [identity],
  relu: [relu],
  leaky_relu: [(x, negativeSlope) => leakyRelu(x, { negativeSlope }), 'negative_slope'],
  silu: [(x) => swish(x)],
  swish: [(x, beta) => swish(x, { beta }), 'beta'],
  sigmoid: [sigmoid],
  tanh: [tanh],
  softmax: [(x, axis) => softmax(x, { axis }), 'dim'],
  log_softmax: [(x, axis) => logSoftmax(x, { axis }), 'dim'],
};

test('all 48 cases of the nine operations are there', () => {
  const count = (name: string): number => cases.filter(({ op }) => op === name).length;
  expect(cases).toHaveLength(48);
  expect(Object.keys(ours).map(count)).toEqual([4, 4, 8, 4, 8, 4, 4, 6, 6]);
});

const labelled = cases.map((golden) => {
  const { op, name = '', config, inputs } = golden;
  return { name: `${op} ${name} ${JSON.stringify(config)} of [${inputs.x.shape.join(', ')}]`, golden };
});

describe.each(waysAndPrecisions)('as in PyTorch, $way, in $dtype', ({ made, dtype }) => {
  test.each(labelled)('$name', ({ golden }) => {
    const { op, config, inputs, outputs, cotangents, grads, tolerance } = golden;
    const [activation, setting] = ours[op]!;
    // Nothing that PyTorch was told may be left aside.
    expect(Object.keys(config)).toEqual(setting === undefined ? [] : [setting]);
    const step = made((given: Tensor) => {
      const x = watch(given);
      const y = activation(x, config[setting ?? ''] as number);
      return [y, gradients(y.mul(read(cotangents.output, dtype)).sum(), x)] as const;
    });
    const [y, gradient] = step(read(inputs.x, dtype));
    for (const [got, want] of [
      [y, outputs.output],
      [gradient, grads.x],
    ] as const) {
      expect(got.dtype).toBe(dtype);
      expect(faultOf(got, want, tolerance[dtype])).toBeUndefined();
    }
  });
});
