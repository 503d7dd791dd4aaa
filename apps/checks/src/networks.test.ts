import { relu, sigmoid, tanh } from '@nn/activations';
import { faultOf, type GoldenCase, goldenCases, type GoldenTensor, read, waysAndPrecisions } from '@nn/golden';
import { dense, sequential } from '@nn/layers';
import { binaryCrossentropy, meanSquaredError, softmaxCrossentropy } from '@nn/losses';
import { gradients, randomState, type Tensor, watch } from '@nn/tensor';
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
}

// The fourth has a convolution, for which there is no layer yet.
const cases = goldenCases<NetworkCase>(new URL('../golden/networks.json', import.meta.url)).filter(
  ({ config }) => 'sizes' in config,
);

const activations = { relu: [relu], tanh: [tanh], sigmoid: [sigmoid], identity: [] };
const losses = {
  cross_entropy: softmaxCrossentropy,
  mse: meanSquaredError,
  binary_cross_entropy: binaryCrossentropy,
};

test('the three networks of dense layers are there', () => {
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
      return { loss, slopes: gradients(loss, [x, ...targets]) };
    });
    const { loss, slopes } = step(read(inputs['x']!, dtype), read(inputs['y']!, dtype));
    expect(faultOf(loss, outputs['loss']!, tolerance[dtype])).toBeUndefined();
    const names = ['x', ...layers.flatMap((_, at) => [`w${at}`, `b${at}`])];
    expect(names.toSorted()).toEqual(Object.keys(grads).toSorted());
    for (const [at, name] of names.entries()) {
      const slope = slopes[at]!;
      expect(faultOf(name.startsWith('w') ? slope.T : slope, grads[name]!, tolerance[dtype]), name).toBeUndefined();
    }
  });
});
