import { describe, expect, test } from 'vitest';
import { tensor, zeros } from '../creation.ts';
import { DTypeError, ShapeError } from '../errors.ts';
import { erf } from '../numbers/erf.ts';
import { philox } from '../numbers/philox.ts';
import type { Tensor } from '../tensor.ts';
import { type StepRandom, stepRandom } from './step-random.ts';

const numbers = (x: unknown): number[] => [...(x as Tensor).data];

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
function momentOf(values: readonly number[], order: number): number {
  const mean = meanOf(values);
  return meanOf(values.map((value) => (value - mean) ** order));
}

/** How often each value occurs. */
function countsOf(values: readonly (number | string)[]): Map<number | string, number> {
  const counts = new Map<number | string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/** Within four standard deviations of a binomial count. */
function expectCount(count: number | undefined, trials: number, probability: number): void {
  const away = Math.abs((count ?? 0) - trials * probability);
  expect(away).toBeLessThan(4 * Math.sqrt(trials * probability * (1 - probability)));
}

describe('the state of a step generator', () => {
  test('is a variable: the seed, and how many draws there were', () => {
    const random = stepRandom(7);
    expect(numbers(random.state)).toEqual([7, 0]);
    expect([random.state.dtype, random.state.shape]).toEqual(['int32', [2]]);
    random.uniform([3]);
    random.normal([2, 2]);
    random.bernoulli(0.5, []);
    random.categorical(tensor([[0, 0]]));
    random.permutation(4);
    expect(numbers(random.state)).toEqual([7, 5]);
  });

  test('is saved and restored: the draws go on from there', () => {
    const random = stepRandom(1);
    random.uniform([2]);
    const saved = tensor(numbers(random.state), { dtype: 'int32' });
    const expected = [numbers(random.normal([5])), numbers(random.permutation(9))];
    const other = stepRandom(2);
    other.state.assign(saved as Tensor);
    expect([numbers(other.normal([5])), numbers(other.permutation(9))]).toEqual(expected);
  });

  test('goes on after 2³¹ draws', () => {
    const random = stepRandom(1);
    random.state.assign(tensor([1, 2 ** 31 - 1], { dtype: 'int32' }) as Tensor);
    const last = numbers(random.uniform([4]));
    expect(numbers(random.state)).toEqual([1, -(2 ** 31)]);
    expect(numbers(random.uniform([4]))).not.toEqual(last);
  });

  test('every seed from 0 to 2³² − 1 is another stream', () => {
    const seeds = [0, 1, 2, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1];
    const draws = seeds.flatMap((seed) => numbers(stepRandom(seed).uniform([8])));
    expect(new Set(draws).size).toBe(draws.length);
  });
});

describe('uniform draws of a step generator', () => {
  test('are the upper 24 bits of the words of Philox, as its authors list them for key 0', () => {
    // philox4x32-10, counter 0, key 0: 6627e8d5 e169c58d bc57ac4c 9b00dbd8 (Random123, kat_vectors)
    const words = [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8];
    expect(numbers(stepRandom(0).uniform([4]))).toEqual(words.map((word) => (word >>> 8) / 2 ** 24));
  });

  test('have the seed and the number of draws as their key', () => {
    const random = stepRandom(5);
    for (let draw = 0; draw < 3; draw++) {
      const words = [philox(5, draw, 0, 0, 0, 0), philox(5, draw, 1, 0, 0, 0)].flat();
      expect(numbers(random.uniform([6]))).toEqual(words.slice(0, 6).map((word) => (word >>> 8) / 2 ** 24));
    }
  });

  test('give the same numbers in every shape', () => {
    const flat = numbers(stepRandom(3).uniform([15]));
    const grid = stepRandom(3).uniform([3, 5]);
    expect([grid.shape, numbers(grid)]).toEqual([[3, 5], flat]);
    expect(numbers(stepRandom(3).uniform([7]))).toEqual(flat.slice(0, 7));
    const random = stepRandom(3);
    expect([random.uniform([]).shape, random.uniform([0, 4]).shape]).toEqual([[], [0, 4]]);
  });

  test('lie in [0, 1), spread evenly', () => {
    const values = numbers(stepRandom(1).uniform([100_000]));
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    // Four standard errors: σ/√n with σ² = 1/12, and for the variance σ²·√(4/5n).
    expect(Math.abs(meanOf(values) - 1 / 2)).toBeLessThan(4 * Math.sqrt(1 / 12 / 1e5));
    expect(Math.abs(momentOf(values, 2) - 1 / 12)).toBeLessThan((4 / 12) * Math.sqrt(4 / 5 / 1e5));
    const bins = countsOf(values.map((value) => Math.floor(value * 10)));
    for (let bin = 0; bin < 10; bin++) expectCount(bins.get(bin), 1e5, 0.1);
    // Neighbours are not correlated, nor are two draws of one stream, nor those of neighbouring seeds.
    const others = [values.slice(1), numbers(secondOf(stepRandom(1))), numbers(stepRandom(2).uniform([100_000]))];
    for (const other of others) {
      const products = other.map((value, at) => (value - 0.5) * (values[at]! - 0.5));
      expect(Math.abs(meanOf(products))).toBeLessThan(4 / 12 / Math.sqrt(1e5));
    }
  });

  test('go from low to high', () => {
    const [plain, scaled] = [stepRandom(1).uniform([1000]), stepRandom(1).uniform([1000], { low: -3, high: 5 })];
    // 8 · u is exact, and the sum is rounded once.
    expect(numbers(scaled)).toEqual(numbers(plain).map((u) => Math.fround(8 * u - 3)));
  });
});

/** The second of two draws of 100,000 numbers. */
function secondOf(random: StepRandom): Tensor {
  random.uniform([1]);
  return random.uniform([100_000]) as unknown as Tensor;
}

describe('normal draws of a step generator', () => {
  test('are the quantiles of uniform numbers, to 2 · 10⁻⁶', () => {
    const [u, z] = [numbers(stepRandom(5).uniform([20_000])), numbers(stepRandom(5).normal([20_000]))];
    for (const [at, value] of z.entries()) {
      // Φ(z) = (1 + erf (z/√2))/2 must be the middle of the interval of u: the distance over the density is that of z.
      const x = 2 * u[at]! - 1 + 2 ** -24;
      const density = Math.sqrt(2 / Math.PI) * Math.exp((-value * value) / 2);
      const off = (erf(value / Math.SQRT2) - x) / density;
      expect(Math.abs(off)).toBeLessThanOrEqual(2e-6 * Math.abs(value) + 1e-15);
    }
  });

  test('have the moments of the normal distribution', () => {
    const values = numbers(stepRandom(2).normal([100_001]));
    expect(values).toHaveLength(100_001);
    expect(values.every(Number.isFinite)).toBe(true);
    // Standard errors of mean, variance, third and fourth moment: 1, √2, √15, √96, each by √n.
    const root = Math.sqrt(1e5);
    expect(Math.abs(meanOf(values))).toBeLessThan(4 / root);
    expect(Math.abs(momentOf(values, 2) - 1)).toBeLessThan((4 * Math.sqrt(2)) / root);
    expect(Math.abs(momentOf(values, 3))).toBeLessThan((4 * Math.sqrt(15)) / root);
    expect(Math.abs(momentOf(values, 4) - 3)).toBeLessThan((4 * Math.sqrt(96)) / root);
    expectCount(values.filter((value) => Math.abs(value) > 1.959964).length, 1e5, 0.05);
  });

  test('have the given mean and standard deviation', () => {
    const z = numbers(stepRandom(4).normal([1000]));
    const x = numbers(stepRandom(4).normal([1000], { mean: 10, standardDeviation: 0.5 }));
    for (const [at, value] of z.entries()) expect(x[at]).toBe(Math.fround(10 + 0.5 * value));
    expect(new Set(numbers(stepRandom(4).normal([9], { mean: 3, standardDeviation: 0 })))).toEqual(new Set([3]));
  });
});

describe('bernoulli draws of a step generator', () => {
  test('are true with probability p', () => {
    const draws = stepRandom(3).bernoulli(0.3, [100_000]);
    expect(draws.dtype).toBe('bool');
    expectCount(draws.sum().item(), 1e5, 0.3);
    expect(stepRandom(3).bernoulli(0, [1000]).sum().item()).toBe(0);
    expect(stepRandom(3).bernoulli(1, [1000]).sum().item()).toBe(1000);
  });

  test('take a probability for each element, broadcast to the shape', () => {
    const draws = stepRandom(3).bernoulli(tensor([0, 0.25, 1, 2, -1]) as Tensor, [10_000, 5]);
    const [never, sometimes, ...others] = numbers(draws.sum(0)) as [number, number, ...number[]];
    expect([never, ...others]).toEqual([0, 10_000, 10_000, 0]);
    expectCount(sometimes, 1e4, 0.25);
  });
});

describe('categorical draws of a step generator', () => {
  test('are class indices, with the probabilities of the softmax', () => {
    const probabilities = [0.5, 0.2, 0, 0.29, 0.01];
    const logits = tensor([probabilities.map((p) => Math.log(p) + 7)]) as Tensor;
    const draws = stepRandom(9).categorical(zeros([20_000, 1]).add(logits) as Tensor);
    expect([draws.shape, draws.dtype]).toEqual([[20_000], 'int32']);
    const counts = countsOf(numbers(draws));
    expect(counts.has(2)).toBe(false);
    for (const index of [0, 1, 3, 4]) expectCount(counts.get(index), 2e4, probabilities[index]!);
  });

  test('keep the other axes, and take logits of float64', () => {
    const logits = tensor(
      [
        [
          [0, 100],
          [100, 0],
          [0, 100],
        ],
      ],
      { dtype: 'float64' },
    );
    const draws = stepRandom(0).categorical(logits);
    expect([draws.shape, numbers(draws)]).toEqual([
      [1, 3],
      [1, 0, 1],
    ]);
    expect(stepRandom(0).categorical(tensor([0, 100])).shape).toEqual([]);
  });
});

describe('permutations of a step generator', () => {
  test('hold every integer once, for every n', () => {
    for (const n of [0, 1, 2, 3, 7, 8, 9, 100, 1025]) {
      const draws = stepRandom(n).permutation(n);
      expect([draws.shape, draws.dtype]).toEqual([[n], 'int32']);
      expect(numbers(draws).toSorted((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, at) => at));
    }
  });

  test('all orders are equally likely', () => {
    const random = stepRandom(6);
    const counts = countsOf(Array.from({ length: 6000 }, () => String(random.permutation(4))));
    expect(counts.size).toBe(24);
    for (const count of counts.values()) expectCount(count, 6000, 1 / 24);
  });

  test('hold every integer once where the first 24 bits of two keys are equal', () => {
    const firsts = numbers(stepRandom(9).uniform([2, 1000])).slice(0, 1000);
    expect(new Set(firsts).size).toBe(999);
    expect(new Set(numbers(stepRandom(9).permutation(1000))).size).toBe(1000);
  });
});

describe('a wrong argument to a step generator is refused before the state moves:', () => {
  const refused: readonly (readonly [
    string,
    (random: StepRandom) => unknown,
    new (...args: never[]) => Error,
    string,
  ])[] = [
    ['uniform', (r) => r.uniform([-1]), ShapeError, 'uniform: every length must be'],
    ['uniform', (r) => r.uniform([1], { low: 2 }), RangeError, 'high must be a finite number above low, which is 2'],
    ['normal', (r) => r.normal([1.5]), ShapeError, 'normal: every length must be'],
    ['normal', (r) => r.normal([1], { standardDeviation: -1 }), RangeError, 'normal: standardDeviation must be'],
    ['normal', (r) => r.normal([1], { deviation: 2 } as never), TypeError, "Unknown option 'deviation' of normal."],
    ['uniform', (r) => r.uniform([1], { dtype: 'float64' } as never), TypeError, "Unknown option 'dtype' of uniform."],
    ['normal', (r) => r.normal([1], { mean: NaN }), RangeError, 'normal: mean must be a finite number'],
    ['bernoulli', (r) => r.bernoulli(1.5, [1]), RangeError, 'bernoulli: p must be a probability from 0 to 1, got 1.5'],
    ['bernoulli', (r) => r.bernoulli('1' as never, [1]), DTypeError, 'bernoulli: expected a tensor, got 1'],
    [
      'bernoulli',
      (r) => r.bernoulli(tensor([0.5, 0.5]) as Tensor, [3]),
      ShapeError,
      'bernoulli: [2] does not broadcast to [3]',
    ],
    ['bernoulli', (r) => r.bernoulli(0.5, 3 as never), RangeError, 'bernoulli: expected an array, got 3'],
    ['categorical', (r) => r.categorical([1] as never), DTypeError, 'categorical: expected a tensor, got an array'],
    [
      'categorical',
      (r) => r.categorical(tensor([1], { dtype: 'int32' })),
      DTypeError,
      'categorical: logits must be float32 or float64, got int32',
    ],
    [
      'categorical',
      (r) => r.categorical(tensor(3) as never),
      ShapeError,
      'categorical: the last axis of the logits holds the classes, got shape []. Give one logit per class, at least one.',
    ],
    ['categorical', (r) => r.categorical(tensor([]) as never), ShapeError, 'holds the classes, got shape [0]'],
    [
      'permutation',
      (r) => r.permutation(50_000),
      RangeError,
      'permutation: n must be an integer from 0 to 46340, got 50000. ' +
        'Draw permutation(random, n) outside the step and pass it as an argument.',
    ],
    ['permutation', (r) => r.permutation(-1), RangeError, 'permutation: n must be an integer'],
    ['permutation', (r) => r.permutation(1.5), RangeError, 'permutation: n must be an integer'],
  ];

  test.each(refused.map(([name, draw, kind, message]) => [name, message, draw, kind] as const))(
    '%s: %s',
    (_, message, draw, kind) => {
      const random = stepRandom(8);
      expect(() => draw(random)).toThrow(kind);
      expect(() => draw(random)).toThrow(message);
      expect(numbers(random.state)).toEqual([8, 0]);
    },
  );

  test.each([-1, 2 ** 32, 0.5, NaN])('a seed of %d', (seed) => {
    expect(() => stepRandom(seed)).toThrow(RangeError);
    expect(() => stepRandom(seed)).toThrow(
      `stepRandom: the seed must be an integer from 0 to 4294967295, got ${seed}. Write stepRandom(0).`,
    );
  });

  test('a seed that is no number', () => {
    expect(() => stepRandom('0' as never)).toThrow(TypeError);
  });
});
