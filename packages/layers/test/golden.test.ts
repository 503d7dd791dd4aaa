import { faultOf, goldenCases, type GoldenTensor, read, type Tolerance, waysAndPrecisions } from '@nn/golden';
import { readFileSync } from 'node:fs';
import { gradients, randomState, type Tensor, watch } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { dense, randomNormal } from '../src/index.ts';

/** PyTorch's linear layer at work. */
interface LinearCase {
  readonly config: { readonly in_features: number; readonly out_features: number; readonly bias: boolean };
  readonly inputs: { readonly x: GoldenTensor; readonly weight: GoldenTensor; readonly bias?: GoldenTensor };
  readonly cotangents: { readonly output: GoldenTensor };
  readonly outputs: { readonly output: GoldenTensor };
  readonly grads: { readonly x: GoldenTensor; readonly weight: GoldenTensor; readonly bias?: GoldenTensor };
  readonly tolerance: Readonly<Record<'float32' | 'float64', Tolerance>>;
}

/** A layer of the notebook, right after the seed. */
interface NotebookLayer {
  readonly seed: number;
  readonly inputs: GoldenTensor;
  readonly biases: GoldenTensor;
  readonly weights: GoldenTensor;
  readonly output: GoldenTensor;
  readonly output_without_biases: GoldenTensor;
  readonly tolerance: { readonly abs: number; readonly rel: number };
}

/** A network of the notebook, in the middle of a stream of draws. */
interface NotebookNetwork {
  readonly cell: number;
  readonly seed: number;
  readonly normals_before: number;
  readonly x: GoldenTensor;
  readonly first: GoldenTensor;
  readonly second: GoldenTensor;
  readonly first_output: GoldenTensor;
  readonly second_output: GoldenTensor;
}

interface Notebook {
  readonly layer: NotebookLayer;
  readonly networks: readonly NotebookNetwork[];
}

const linear = goldenCases<LinearCase>(new URL('../golden/linear.json', import.meta.url)).map((golden, at) => ({
  title: `${at + 1} ${JSON.stringify(golden.config)}`,
  golden,
}));

const notebook = JSON.parse(readFileSync(new URL('../golden/notebook.json', import.meta.url), 'utf8')) as Notebook;

test('all 6 cases are there', () => {
  expect(linear.length).toBe(6);
});

describe.each(waysAndPrecisions)(
  'dense is linear of PyTorch, its weight transposed, $way, in $dtype',
  ({ made, dtype }) => {
    test.each(linear)('$title', ({ golden }) => {
      const { config, inputs, grads, cotangents, outputs } = golden;
      const tolerance = golden.tolerance[dtype];
      const layer = dense(config.in_features, config.out_features, {
        random: randomState(0),
        weight: () => read(inputs.weight, dtype).T,
        bias: inputs.bias ? () => read(inputs.bias!, dtype) : false,
        dtype,
      });
      const step = made((given: Tensor) => {
        const x = watch(given);
        const y = layer(x);
        const targets: Readonly<Record<string, Tensor>> = { x, ...layer.parameters };
        return [y, gradients(y.mul(read(cotangents.output, dtype)).sum(), targets)] as const;
      });
      const [output, found] = step(read(inputs.x, dtype));
      expect(faultOf(output, outputs.output, tolerance)).toBeUndefined();
      expect(Object.keys(layer.parameters)).toEqual(config.bias ? ['weight', 'bias'] : ['weight']);
      expect(faultOf(found['x']!, grads.x, tolerance)).toBeUndefined();
      expect(faultOf(found['weight']!.T, grads.weight, tolerance)).toBeUndefined();
      if (grads.bias) expect(faultOf(found['bias']!, grads.bias, tolerance)).toBeUndefined();
    });
  },
);

describe('dense draws and computes what the notebook does', () => {
  test('right after the seed: weights to the bit, zero biases', () => {
    const { seed, inputs, biases, weights, output, output_without_biases, tolerance } = notebook.layer;
    const near = { atol: tolerance.abs, rtol: tolerance.rel };
    const layer = dense(2, 3, { random: randomState(seed), weight: randomNormal(0.01) });
    expect([...layer.weight.data]).toEqual(weights.data.map(Math.fround));
    expect([...layer.bias!.data]).toEqual([0, 0, 0]);
    const x = read(inputs, 'float32');
    expect(faultOf(layer(x), output_without_biases, near)).toBeUndefined();
    layer.bias!.assign(read(biases, 'float32').reshape([3]));
    expect(faultOf(layer(x), output, near)).toBeUndefined();
  });

  test.each(notebook.networks)('in the middle of a stream: cell $cell', (network) => {
    const random = randomState(network.seed);
    random.normal([network.normals_before]);
    const options = { random, weight: randomNormal(0.01) };
    const [first, second] = [dense(2, 3, options), dense(3, 3, options)];
    expect([...first.weight.data]).toEqual(network.first.data.map(Math.fround));
    expect([...second.weight.data]).toEqual(network.second.data.map(Math.fround));
    // One unit in the last place: NumPy may have added the two products in another order.
    const near = { rtol: 2 ** -23, atol: 0 };
    const hidden = first(read(network.x, 'float32'));
    expect(
      faultOf(
        hidden.maximum(0),
        { ...network.first_output, data: network.first_output.data.map((y) => Math.max(y, 0)) },
        near,
      ),
    ).toBeUndefined();
    expect(faultOf(second(hidden.maximum(0)), network.second_output, near)).toBeUndefined();
  });
});
