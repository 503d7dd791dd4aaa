import { faultOf, type GoldenCase, goldenCases, type GoldenTensor, read, waysAndPrecisions } from '@nn/golden';
import { gradients, type Tensor, watch } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import * as activations from '../src/index.ts';

type Tolerance = GoldenCase['tolerance']['float32'];

interface ActivationCase extends GoldenCase {
  readonly inputs: { readonly x: GoldenTensor };
  readonly cotangents: { readonly output: GoldenTensor };
  readonly outputs: { readonly output: GoldenTensor };
  readonly grads: { readonly x: GoldenTensor };
}

const cases = goldenCases<ActivationCase>(new URL('../golden/activations.json', import.meta.url));

/** PyTorch's operation in our words, from its settings in the order of their names here. */
const ours: Readonly<Record<string, readonly [(x: Tensor, ...settings: never[]) => Tensor, ...names: string[]]>> = {
  identity: [activations.identity],
  relu: [activations.relu],
  leaky_relu: [(x, negativeSlope: number) => activations.leakyRelu(x, { negativeSlope }), 'negative_slope'],
  elu: [(x, alpha: number) => activations.elu(x, { alpha }), 'alpha'],
  selu: [activations.selu],
  celu: [(x, alpha: number) => activations.celu(x, { alpha }), 'alpha'],
  gelu: [(x, form: string) => (form === 'tanh' ? activations.geluTanh(x) : activations.gelu(x)), 'approximate'],
  silu: [activations.silu],
  swish: [(x, beta: number) => activations.swish(x, { beta }), 'beta'],
  sigmoid: [activations.sigmoid],
  hardsigmoid: [activations.hardSigmoid],
  hardswish: [activations.hardSwish],
  hardtanh: [(x, low: number, high: number) => activations.hardTanh(x, { low, high }), 'min_val', 'max_val'],
  relu6: [activations.relu6],
  mish: [activations.mish],
  softplus: [(x, beta: number, threshold: number) => activations.softplus(x, { beta, threshold }), 'beta', 'threshold'],
  softsign: [activations.softsign],
  tanh: [activations.tanh],
  tanhshrink: [activations.tanhShrink],
  softshrink: [(x, lambda: number) => activations.softShrink(x, { lambda }), 'lambd'],
  hardshrink: [(x, lambda: number) => activations.hardShrink(x, { lambda }), 'lambd'],
  logsigmoid: [activations.logSigmoid],
  threshold: [
    (x, threshold: number, value: number) => activations.threshold(x, { threshold, value }),
    'threshold',
    'value',
  ],
  softmax: [(x, axis: number) => activations.softmax(x, { axis }), 'dim'],
  log_softmax: [(x, axis: number) => activations.logSoftmax(x, { axis }), 'dim'],
  softmin: [(x, axis: number) => activations.softmin(x, { axis }), 'dim'],
  glu: [(x, axis: number) => activations.glu(x, { axis }), 'dim'],
};

test('every recorded activation is replayed', () => {
  expect(cases).toHaveLength(153);
  expect(new Set(cases.map(({ op }) => op))).toEqual(new Set(Object.keys(ours)));
});

/** PyTorch's gradient of hardsigmoid multiplies by the float32 number nearest to 1/6, in float64, too. */
const toleranceOf = (op: string, { rtol, atol }: Tolerance): Tolerance =>
  op === 'hardsigmoid' ? { rtol: Math.max(rtol, 2 ** -24), atol } : { rtol, atol };

const labelled = cases.map((golden) => {
  const { op, name = '', config, inputs } = golden;
  return { name: `${op} ${name} ${JSON.stringify(config)} of [${inputs.x.shape.join(', ')}]`, golden };
});

describe.each(waysAndPrecisions)('as in PyTorch, $way, in $dtype', ({ made, dtype }) => {
  test.each(labelled)('$name', ({ golden }) => {
    const { op, config, inputs, outputs, cotangents, grads, tolerance } = golden;
    const [activation, ...names] = ours[op]!;
    // Nothing that PyTorch was told may be left aside.
    expect(Object.keys(config)).toEqual(names);
    const step = made((given: Tensor) => {
      const x = watch(given);
      const y = activation(x, ...(names.map((one) => config[one]) as never[]));
      return [y, gradients(y.mul(read(cotangents.output, dtype)).sum(), x)] as const;
    });
    const [y, gradient] = step(read(inputs.x, dtype));
    for (const [got, want] of [
      [y, outputs.output],
      [gradient, grads.x],
    ] as const) {
      expect(got.dtype).toBe(dtype);
      expect(faultOf(got, want, toleranceOf(op, tolerance[dtype]))).toBeUndefined();
    }
  });
});
