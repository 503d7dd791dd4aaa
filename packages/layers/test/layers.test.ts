import { ways } from '@nn/golden';
import {
  checkGradients,
  gradients,
  logSumExp,
  oneHot,
  ones,
  randomState,
  ShapeError,
  stepRandom,
  tensor,
  type Tensor,
  zeros,
} from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import {
  alphaDropout,
  bilinear,
  dense,
  dropout,
  embedding,
  embeddingBag,
  flatten,
  gaussianNoise,
  prelu,
  rrelu,
  sequential,
  spatialDropout,
  tiedDense,
} from '../src/index.ts';
import { expectGradients, type LayerCase, replayCases } from './replay.ts';

const random = randomState(0);
const sizes = ({ inputs }: LayerCase): readonly [number, number] =>
  inputs['weight']!.shape as unknown as readonly [number, number];

replayCases('layers', 14, {
  bilinear({ inputs }, dtype) {
    const [neurons, first, second] = inputs['weight']!.shape as readonly [number, number, number];
    const layer = bilinear(first, second, neurons, { random, dtype });
    return { variables: layer.parameters, run: ({ x1, x2 }) => ({ output: layer(x1!, { other: x2! }) }) };
  },
  embedding(golden, dtype) {
    const paddingIndex = golden.config['padding_idx'] as number;
    const layer = embedding(...sizes(golden), { random, dtype, paddingIndex });
    return { variables: layer.parameters, run: ({ indices }) => ({ output: layer(indices!) }) };
  },
  embedding_bag(golden, dtype) {
    const layer = embeddingBag(...sizes(golden), { random, dtype, mode: golden.config['mode'] as 'sum' });
    return { variables: layer.parameters, run: ({ indices }) => ({ output: layer(indices!) }) };
  },
  tied_embedding(golden, dtype) {
    const [count, width] = sizes(golden);
    const words = embedding(count, width, { random, dtype });
    const hidden = dense(width, width, { random, dtype, bias: false });
    const output = tiedDense(words.weight);
    const model = sequential(words, hidden, (x: Tensor) => x.tanh(), output);
    return {
      variables: { weight: words.weight, w1: hidden.weight as never, bias: output.parameters['bias']! },
      transposed: ['w1'],
      run({ indices, target }) {
        const logits = model(indices!) as Tensor;
        if (!target) return { output: logits };
        const right = logits.mul(oneHot(target, count).cast(dtype) as Tensor).sum(-1) as Tensor;
        return { loss: (logSumExp(logits, -1) as Tensor).sub(right).mean() as Tensor };
      },
    };
  },
  dropout_eval({ config }) {
    const layer = dropout(config['p'] as number, { random: stepRandom(0) });
    return { run: ({ x }) => ({ output: layer(x!) }) };
  },
  flatten: () => ({ run: ({ x }) => ({ output: flatten(x!) }) }),
  prelu(golden, dtype) {
    const layer = prelu({ channels: golden.inputs['weight']!.shape[0]!, dtype });
    return { variables: layer.parameters, run: ({ x }) => ({ output: layer(x!) }) };
  },
  rrelu_eval({ config }) {
    const layer = rrelu({ random: stepRandom(0), low: config['lower'] as number, high: config['upper'] as number });
    return { run: ({ x }) => ({ output: layer(x!) }) };
  },
});

const training = { training: true };
const draw = (shape: readonly number[]): Tensor => random.normal(shape, { dtype: 'float64' });

describe.each([
  ['spatialDropout', () => spatialDropout(0.5, { random: stepRandom(1) })],
  ['alphaDropout', () => alphaDropout(0.3, { random: stepRandom(1) })],
  ['gaussianNoise', () => gaussianNoise(0.5, { random: stepRandom(1) })],
  ['rrelu', () => rrelu({ random: stepRandom(1) })],
])('%s', (_, made) => {
  const x = draw([3, 4, 2]);

  test('draws anew in every step, with the same bits in every way', () => {
    const results = ways.map(({ made: way }) => {
      const layer = made();
      const step = way((given: Tensor) => layer(given, training));
      return [0, 1].map(() => JSON.stringify(step(x).toArray()));
    });
    expect(new Set(results.map(([first]) => first)).size).toBe(1);
    expect(new Set(results.map(([, second]) => second)).size).toBe(1);
    expect(results[0]![0]).not.toBe(results[0]![1]);
  });

  test('keeps its state as a buffer, and does not move it without training', () => {
    const layer = made();
    layer(x);
    expect([...layer.buffers['random']!.data]).toEqual([1, 0]);
    layer(x, training);
    expect([...layer.buffers['random']!.data]).toEqual([1, 1]);
  });

  test.each(['float32', 'float64'] as const)('keeps %s', (dtype) => {
    expect(made()(zeros([2, 2], { dtype }), training).dtype).toBe(dtype);
  });

  test('has the gradient of finite differences', () => {
    expect(checkGradients((given) => made()(given, training), x).passed).toBe(true);
  });
});

test('spatialDropout drops whole channels', () => {
  const y = spatialDropout(0.5, { random: stepRandom(3) })(ones([20, 5, 4]), training);
  const sums = [...y.sum(-1).data];
  expect(new Set(sums)).toEqual(new Set([0, 8]));
});

test('alphaDropout keeps mean 0 and variance 1', () => {
  const y = alphaDropout(0.4, { random: stepRandom(3) })(draw([50_000]), training);
  // The mean of 50,000 numbers has standard deviation 0.0045.
  expect(Math.abs(y.mean().item())).toBeLessThan(0.02);
  expect(Math.abs(y.var().item() - 1)).toBeLessThan(0.05);
});

test('gaussianNoise has the standard deviation that it is given', () => {
  const noise = gaussianNoise(0.5, { random: stepRandom(3) })(zeros([50_000]), training);
  expect(Math.abs(noise.mean().item())).toBeLessThan(0.01);
  expect(noise.std().item()).toBeCloseTo(0.5, 2);
});

test('rrelu draws slopes between low and high in training', () => {
  const y = rrelu({ random: stepRandom(3), low: 0.2, high: 0.4 })(ones([1000]).neg() as Tensor, training);
  expect([y.max().item() <= -0.2, y.min().item() >= -0.4, y.std().item() > 0.05]).toEqual([true, true, true]);
});

test.each([
  ['bilinear', [4, 2, 3]],
  ['prelu', [2, 3, 2]],
] as const)('%s has the gradients of finite differences, and is the same compiled', (name, shape) => {
  const layers = {
    bilinear: bilinear(3, 2, 2, { random, dtype: 'float64' }),
    prelu: prelu({ channels: 3, dtype: 'float64' }),
  };
  const other = draw([4, 2, 2]);
  const run = {
    bilinear: (x: Tensor) => layers.bilinear(x, { other }),
    prelu: (x: Tensor) => layers.prelu(x) as Tensor,
  };
  expectGradients(run[name], draw(shape), layers[name].parameters);
});

test('the filler of an embedding has a vector, and no gradient', () => {
  const layer = embedding(3, 2, { random, paddingIndex: 1 });
  const found = gradients(layer(tensor([0, 1, 1], { dtype: 'int32' }) as Tensor).sum(), layer.weight);
  expect(found.toArray()).toEqual([
    [1, 1],
    [0, 0],
    [0, 0],
  ]);
});

test('embeddingBag makes one vector of a bag', () => {
  const weight = (): Tensor =>
    tensor([
      [1, 4],
      [3, 2],
    ]);
  const bags = tensor([[0, 1, 1]], { dtype: 'int32' }) as Tensor;
  const made = (mode: 'sum' | 'max') => embeddingBag(2, 2, { random, weight, mode })(bags).toArray();
  expect([made('sum'), made('max')]).toEqual([[[7, 8]], [[3, 4]]]);
});

test('a tied weight counts once in a model', () => {
  const words = embedding(5, 2, { random, name: 'words' });
  const model = sequential(words, tiedDense(words.weight, { name: 'out' }));
  expect(Object.keys(model.parameters)).toEqual(['words.weight', 'out.bias']);
  expect(model(tensor([1, 2], { dtype: 'int32' }) as Tensor).shape).toEqual([2, 5]);
});

test('what does not fit is refused', () => {
  const layer = bilinear(3, 2, 2, { random });
  expect(() => layer(zeros([4, 3]), { other: zeros([3, 2]) })).toThrow(
    'bilinear(3, 2, 2) expects rows of 3 and as many rows of 2 numbers, got [4, 3] and [3, 2].',
  );
  expect(() => layer(zeros([4, 3]), {} as never)).toThrow('bilinear(3, 2, 2): other: expected a tensor');
  expect(() => layer(zeros([4, 3]), { others: zeros([4, 2]) } as never)).toThrow("Unknown option 'others'");
  expect(() => bilinear(0, 2, 2, { random })).toThrow('inputs must be a positive integer, got 0');
  expect(() => prelu({ channels: 3 })(zeros([1, 2]))).toThrow('prelu expects x of shape [N, 3, …], got [1, 2].');
  expect(() => prelu({ alpha: 1 } as never)).toThrow("Unknown option 'alpha' of prelu");
  expect(() => embedding(3, 2, { random, paddingIndex: 3 })).toThrow('paddingIndex must be an index below 3, got 3');
  expect(() => embeddingBag(3, 2, { random, mode: 'min' as never })).toThrow('mode must be sum, mean or max, got min');
  expect(() => embeddingBag(3, 2, { random })(zeros([2, 0], { dtype: 'int32' }) as Tensor)).toThrow(ShapeError);
  expect(() => tiedDense(ones([2, 3]) as never)).toThrow('the weight must be a variable, got a tensor');
  expect(() => tiedDense(embedding(3, 2, { random }).weight)(zeros([1, 3]))).toThrow(
    'tiedDense(2, 3) expects rows of length 2, got [1, 3].',
  );
  expect(() => spatialDropout(0.5, { random: stepRandom(0) })(ones([3]))).toThrow('Use dropout.');
  expect(() => spatialDropout(1, { random: stepRandom(0) })).toThrow('spatialDropout: rate must be a number from 0');
  expect(() => alphaDropout(0.5, { random } as never)).toThrow('random must be a generator for steps, got object');
  expect(() => gaussianNoise(-1, { random: stepRandom(0) })).toThrow('a finite non-negative number, got -1');
  expect(() => rrelu({ random: stepRandom(0), low: 1, high: 0 })).toThrow(
    'a finite number from low on, which is 1, got 0',
  );
  expect(() => rrelu({} as never)).toThrow('rrelu: random must be a generator for steps, got none.');
});
