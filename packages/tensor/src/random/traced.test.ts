import { describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import { ones } from '../creation.ts';
import { reference } from '../reference/interpreter.ts';
import type { Tensor } from '../tensor.ts';
import { wasm } from '../wasm/index.ts';
import { beta, exponential, gamma, gumbel, laplace, logistic, lognormal, triangular } from './continuous.ts';
import { binomial, geometric, multinomial, poisson } from './discrete.ts';
import { generatorState, restoreGenerator } from './generator-state.ts';
import { integers, smallIntegers } from './integers.ts';
import { type RandomState, randomState } from './mersenne.ts';
import { generator } from './pcg64.ts';
import { choice, permutation, shuffle } from './permutation.ts';
import type { Random } from './random.ts';

// A compiled function is run once, to trace it: what it draws then would be the same at every call.

type Draw = (random: Random) => unknown;

const draws: Readonly<Record<string, Draw>> = {
  'uniform tensors': (random) => random.uniform([2]),
  'uniform numbers': (random) => random.uniform(),
  'normal tensors': (random) => random.normal([2]),
  'normal numbers': (random) => random.normal(),
  integers: (random) => integers(random, [2], { high: 3 }),
  'integers that need 64 bits': (random) => integers(random, undefined, { high: 2 ** 40, dtype: 'float64' }),
  smallIntegers: (random) => smallIntegers(random, 2, { high: 3, dtype: 'uint8' }),
  permutation: (random) => permutation(random, 3),
  shuffle: (random) => shuffle(random, [1, 2, 3]),
  choice: (random) => choice(random, 3),
  'choice without replacement': (random) => choice(random, 3, { shape: [2], replace: false }),
  'choice with probabilities': (random) => choice(random, 2, { probabilities: [0.5, 0.5] }),
  binomial: (random) => binomial(random, [2], { probability: 0.5 }),
  multinomial: (random) => multinomial(random, [], { trials: 3, probabilities: [0.5, 0.5] }),
  poisson: (random) => poisson(random, [2], { mean: 3 }),
  geometric: (random) => geometric(random, [2], { probability: 0.5 }),
  exponential: (random) => exponential(random, [2]),
  gamma: (random) => gamma(random, [2], { alpha: 2 }),
  beta: (random) => beta(random, [2], { alpha: 2, beta: 2 }),
  laplace: (random) => laplace(random, [2]),
  logistic: (random) => logistic(random, [2]),
  gumbel: (random) => gumbel(random, [2]),
  lognormal: (random) => lognormal(random, [2]),
  triangular: (random) => triangular(random, [2], { low: 0, mode: 1, high: 2 }),
  'words of the source': ({ source }) => source.word(),
  'uniform numbers of the source': ({ source }) => source.unit(),
  'normal numbers of the source': ({ source }) => source.normal(),
  generatorState,
  restoreGenerator: (random) => restoreGenerator(random, states.get(random)!),
};

const states = new Map<Random, ReturnType<typeof generatorState>>();
const refusal = /^A random generator was used while compile traces a function: every run would get the same numbers\./;

describe.each([
  ['randomState', randomState],
  ['generator', generator],
] as const)('while a function is traced, %s refuses', (_, make) => {
  test.each(Object.entries(draws))('%s', (__, draw) => {
    for (const backend of [reference, wasm]) {
      const random: Random = make(7);
      // A second normal number, and half a word, may be kept for the next draw: it may not slip through.
      random.normal();
      random.source.word();
      const before = generatorState(random);
      states.set(random, before);
      const step = compile((x: Tensor) => {
        draw(random);
        return x;
      }, backend);
      expect(() => step(ones([2]) as Tensor)).toThrow(refusal);
      expect(generatorState(random)).toEqual(before);
      expect(() => draw(random)).not.toThrow();
    }
  });
});

test('rand and randn are refused while a function is traced', () => {
  const random: RandomState = randomState(0);
  for (const draw of [() => random.rand(2), () => random.rand(), () => random.randn(2), () => random.randn()]) {
    expect(() => compile(draw as () => Tensor, wasm)()).toThrow(refusal);
  }
});

test('the refusal names the ways out', () => {
  expect(() => compile(() => randomState(0).uniform([2]), wasm)()).toThrow(
    'Draw inside the function from stepRandom(seed), or draw outside and pass the numbers as arguments.',
  );
});

test('a source that was taken before is refused while a function is traced', () => {
  for (const make of [randomState, generator]) {
    const { source } = make(0);
    source.normal();
    for (const draw of [() => source.word(), () => source.unit(), () => source.normal()]) {
      expect(() =>
        compile((x: Tensor) => {
          draw();
          return x;
        }, wasm)(ones([1]) as Tensor),
      ).toThrow(refusal);
    }
  }
});
