import { type DType, gradients, randomState, tensor, type Tensor, zeros } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { constant, conv1d, conv2d, dense, type Layer, sequential, spectralNorm, weightNorm } from '../src/index.ts';
import { expectGradients, type LayerCase, type Replay, replayCases } from './replay.ts';

const random = randomState(0);

/** The layers of the recorded cases, from the shape of their weight. */
const makers: Readonly<Record<string, (shape: readonly number[], dtype: DType) => Layer>> = {
  linear: ([outputs, inputs], dtype) => dense(inputs!, outputs!, { random, dtype }) as unknown as Layer,
  conv1d: ([outputs, inputs, ...size], dtype) => conv1d(inputs!, outputs!, size, { random, dtype }) as unknown as Layer,
  conv2d: ([outputs, inputs, ...size], dtype) => conv2d(inputs!, outputs!, size, { random, dtype }) as unknown as Layer,
};

function innerOf({ op, inputs }: LayerCase, weight: string, dtype: DType): Layer {
  return makers[op.split('_').at(-1)!]!(inputs[weight]!.shape, dtype);
}

/** Our weight of a dense layer is [in, out], and the axes of PyTorch's the other way round. */
const isLinear = ({ op }: LayerCase): boolean => op.endsWith('linear');

function weightNormReplay(golden: LayerCase, dtype: DType): Replay {
  const dim = golden.config['dim'] as number | null;
  const axis = isLinear(golden) && dim !== null ? 1 - dim : dim;
  const layer = weightNorm(innerOf(golden, 'weight_v', dtype), { axis });
  const { bias, 'weight.direction': weight_v, 'weight.magnitude': weight_g } = layer.parameters;
  return {
    variables: { bias: bias!, weight_v: weight_v!, weight_g: weight_g! },
    transposed: isLinear(golden) ? ['weight_v', 'weight_g', 'weight'] : [],
    run: ({ x }) => ({ output: layer(x!), weight: turned(golden, layer.currentWeight()) }),
  };
}

const turned = (golden: LayerCase, weight: Tensor): Tensor => (isLinear(golden) ? weight.T : weight);

function spectralNormReplay(golden: LayerCase, dtype: DType): Replay {
  const iterations = golden.config['n_power_iterations'] as number;
  const layer = spectralNorm(innerOf(golden, 'weight_orig', dtype), { random, iterations });
  const { bias, weight: weight_orig } = layer.parameters;
  const { 'weight.u': u, 'weight.v': v } = layer.buffers;
  return {
    variables: { bias: bias!, weight_orig: weight_orig!, u: u! },
    transposed: isLinear(golden) ? ['weight_orig'] : [],
    run({ x }) {
      const output = layer(x!, { training: true });
      const weight = layer.currentWeight();
      // σ is what the weight was divided by.
      const sigma = weight_orig!.mul(weight).sum().div(weight.mul(weight).sum()) as Tensor;
      return { output, weight: turned(golden, weight), sigma, u_next: u!, v_next: v! };
    },
  };
}

replayCases('reparametrization', 9, {
  weight_norm_linear: weightNormReplay,
  weight_norm_conv1d: weightNormReplay,
  weight_norm_conv2d: weightNormReplay,
  spectral_norm_linear: spectralNormReplay,
  spectral_norm_conv1d: spectralNormReplay,
  spectral_norm_conv2d: spectralNormReplay,
});

describe('weightNorm', () => {
  test('starts as the layer was, and has the gradients of finite differences', () => {
    const inner = dense(3, 2, { random, dtype: 'float64' });
    const layer = weightNorm(inner);
    const x: Tensor = random.normal([4, 3], { dtype: 'float64' });
    expect(layer(x).sub(inner(x)).abs().max().item()).toBeLessThan(1e-15);
    expectGradients(layer as (x: Tensor) => Tensor, x, layer.parameters);
  });

  test('stands in a model and keeps its name there', () => {
    const model = sequential(weightNorm(dense(3, 2, { random, name: 'first' })));
    expect(Object.keys(model.parameters)).toEqual(['first.bias', 'first.weight.direction', 'first.weight.magnitude']);
    expect(model(zeros([1, 3])).shape).toEqual([1, 2]);
  });

  test('refuses what has no such weight', () => {
    expect(() => weightNorm(((x: Tensor) => x) as never)).toThrow('weightNorm takes a layer, got function.');
    expect(() => weightNorm(dense(1, 1, { random }), { parameter: 'w' })).toThrow(
      "weightNorm: dense(1, 1) has no weight called 'w'. Its parameters are weight, bias. Write { parameter: name }.",
    );
    expect(() => weightNorm(dense(2, 2, { random, weight: constant(0) }))).toThrow('has length 0 in a direction');
    expect(() => weightNorm(dense(2, 2, { random }), { axis: 2 })).toThrow(RangeError);
    expect(() => weightNorm(dense(2, 2, { random }), { dim: 0 } as never)).toThrow("Unknown option 'dim'");
  });
});

describe('spectralNorm', () => {
  test('of a diagonal weight divides by its largest number', () => {
    const diagonal = (): Tensor =>
      tensor([
        [3, 0],
        [0, -2],
      ]);
    const layer = spectralNorm(dense(2, 2, { random, weight: diagonal, bias: false }), { random });
    for (let step = 0; step < 20; step++) layer(zeros([1, 2]), { training: true });
    expect(layer.currentWeight().slice(0, 0).item()).toBeCloseTo(1, 6);
    expect(layer.currentWeight().slice(1, 1).item()).toBeCloseTo(-2 / 3, 6);
  });

  test('moves its vectors in training only', () => {
    const layer = spectralNorm(dense(3, 2, { random }), { random });
    const before = layer.buffers['weight.u']!.toArray();
    layer(zeros([1, 3]));
    expect(layer.buffers['weight.u']!.toArray()).toEqual(before);
    expect(Object.keys(gradients(layer(zeros([1, 3])).sum(), layer.parameters))).toEqual(['bias', 'weight']);
  });

  test('refuses wrong iterations, and a missing generator', () => {
    expect(() => spectralNorm(dense(2, 2, { random }), { random, iterations: 0 })).toThrow(
      'spectralNorm: iterations must be a positive integer, got 0.',
    );
    expect(() => spectralNorm(dense(2, 2, { random }), {} as never)).toThrow('random');
  });
});
