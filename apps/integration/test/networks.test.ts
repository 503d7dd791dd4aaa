import { relu, sigmoid, tanh } from '@nn/activations';
import { faultOf, type GoldenCase, goldenCases, type GoldenTensor, read, waysAndPrecisions } from '@nn/golden';
import { dense, sequential } from '@nn/layers';
import { binaryCrossentropy, meanSquaredError, softmaxCrossentropy } from '@nn/losses';
import { concat, gradients, pad, randomState, type Tensor, watch } from '@nn/tensor';
import { describe, expect, test } from 'vitest';

/** A network of PyTorch: a loss, and its gradients by the input and by every weight `w0, w1, …` and bias `b0, b1, …`. */
interface NetworkCase extends GoldenCase {
  readonly name: string;
  readonly config: {
    readonly sizes: readonly (readonly [inputs: number, neurons: number])[];
    readonly activations: readonly ('relu' | 'tanh' | 'sigmoid' | 'identity')[];
    readonly loss: 'cross_entropy' | 'mse' | 'binary_cross_entropy';
  };
  readonly grads: Readonly<Record<string, GoldenTensor>>;
  /** Gradients of the outputs, where there is more than the loss. */
  readonly cotangents?: Readonly<Record<string, GoldenTensor>>;
}

const all = goldenCases<NetworkCase>(new URL('../golden/networks.json', import.meta.url));
const cases = all.filter(({ config }) => 'sizes' in config);

const activations = { relu: [relu], tanh: [tanh], sigmoid: [sigmoid], identity: [] };
const losses = {
  cross_entropy: softmaxCrossentropy,
  mse: meanSquaredError,
  binary_cross_entropy: binaryCrossentropy,
};

test('there are three recorded networks of dense layers', () => {
  expect(cases.map(({ name }) => name)).toEqual(['classifier', 'regression', 'binary']);
});

describe.each(waysAndPrecisions)('a whole network as in PyTorch, $way, in $dtype', ({ made, dtype }) => {
  test.each(cases)('$name', ({ config, inputs, outputs, grads, tolerance }) => {
    const random = randomState(0);
    const layers = config.sizes.map(([from, to], at) =>
      dense(from, to, {
        random,
        dtype,
        // PyTorch keeps weights as (out, in).
        weight: () => read(inputs[`w${at}`]!, dtype).T,
        bias: () => read(inputs[`b${at}`]!, dtype),
      }),
    );
    const model = sequential(...layers.flatMap((layer, at) => [layer, ...activations[config.activations[at]!]]));
    const step = made((given: Tensor, target: Tensor) => {
      const x = watch(given);
      const loss = losses[config.loss](model(x), target);
      const targets = layers.flatMap((layer) => [layer.weight, layer.bias!] as Tensor[]);
      return { loss, allGradients: gradients(loss, [x, ...targets]) };
    });
    const { loss, allGradients } = step(read(inputs['x']!, dtype), read(inputs['y']!, dtype));
    expect(faultOf(loss, outputs['loss']!, tolerance[dtype])).toBeUndefined();
    const names = ['x', ...layers.flatMap((_, at) => [`w${at}`, `b${at}`])];
    expect(names.toSorted()).toEqual(Object.keys(grads).toSorted());
    for (const [at, name] of names.entries()) {
      const gradient = allGradients[at]!;
      expect(
        faultOf(name.startsWith('w') ? gradient.T : gradient, grads[name]!, tolerance[dtype]),
        name,
      ).toBeUndefined();
    }
  });
});

/** A 3 × 3 convolution with zero padding: [n, 1, h, w] → [n, filters, h, w]. */
function convolved(x: Tensor, filters: Tensor, bias: Tensor): Tensor {
  const [n, , h, w] = x.shape as [number, number, number, number];
  const count = filters.shape[0]!;
  const padded = pad(x, [[0, 0], [0, 0], [1, 1], [1, 1]]); // prettier-ignore
  const windows = [0, 1, 2].flatMap((row) =>
    [0, 1, 2].map((column) => padded.slice([], [], [row, row + h], [column, column + w])),
  );
  return filters
    .reshape([count, 9])
    .matmul(concat(windows, 1).reshape([n, 9, h * w]))
    .add(bias.reshape([count, 1]))
    .reshape([n, count, h, w]);
}

/** Max pooling over 2 × 2 pixels. */
function pooled(x: Tensor): Tensor {
  const [n, channels, h, w] = x.shape as [number, number, number, number];
  return x.reshape([n, channels, h / 2, 2, w / 2, 2]).max([3, 5]);
}

describe.each(waysAndPrecisions)(
  'a network with a convolution composed of operations, $way, in $dtype',
  ({ made, dtype }) => {
    test.each(all.filter(({ name }) => name === 'cnn'))(
      '$name',
      ({ inputs, outputs, grads, tolerance, cotangents }) => {
        const names = ['x', 'cw', 'cb', 'lw', 'lb'];
        const step = made((target: Tensor, ofLoss: Tensor, ofLogits: Tensor, ...given: readonly Tensor[]) => {
          const watched = given.map((one) => watch(one)) as [Tensor, Tensor, Tensor, Tensor, Tensor];
          const [x, filters, bias, weight, last] = watched;
          const seen = pooled(relu(convolved(x, filters, bias)));
          const logits = seen.reshape([seen.shape[0]!, -1]).matmul(weight.T).add(last);
          const loss = softmaxCrossentropy(logits, target);
          // PyTorch was given gradients of both outputs.
          const both = loss.mul(ofLoss).add(logits.mul(ofLogits).sum());
          return { loss, logits, allGradients: gradients(both, watched) };
        });
        const of = (from: Readonly<Record<string, GoldenTensor>>, name: string): Tensor => read(from[name]!, dtype);
        const given = names.map((name) => of(inputs, name));
        const { loss, logits, allGradients } = step(
          of(inputs, 'y'),
          of(cotangents!, 'loss'),
          of(cotangents!, 'logits'),
          ...given,
        );
        expect(faultOf(loss, outputs['loss']!, tolerance[dtype])).toBeUndefined();
        expect(faultOf(logits, outputs['logits']!, tolerance[dtype])).toBeUndefined();
        for (const [at, name] of names.entries())
          expect(faultOf(allGradients[at]!, grads[name]!, tolerance[dtype]), name).toBeUndefined();
      },
    );
  },
);
