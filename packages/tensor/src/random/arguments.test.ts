import { describe, expect, test } from 'vitest';
import { beta, exponential, gamma, gumbel, laplace, logistic, lognormal, triangular } from './continuous.ts';
import { binomial, geometric, multinomial, poisson } from './discrete.ts';
import { integers, smallIntegers } from './integers.ts';
import { randomState } from './mersenne.ts';
import { generator } from './pcg64.ts';
import { choice, permutation, shuffle } from './permutation.ts';
import type { Random } from './random.ts';

type Ask = (random: Random) => unknown;

const none = undefined as unknown;
const text = '1' as unknown as number;

const refused: readonly (readonly [string, Ask, new (...args: never[]) => Error, string])[] = [
  [
    'uniform',
    (random) => random.uniform([2], { low: 1, high: 1 }),
    RangeError,
    'high must be a finite number above low, which is 1, got 1',
  ],
  ['uniform', (random) => random.uniform([2], { low: NaN }), RangeError, 'low must be a finite number, got NaN'],
  ['uniform', (random) => random.uniform([2], { high: Infinity }), RangeError, 'high must be a finite number'],
  ['uniform', (random) => random.uniform([-1]), RangeError, 'every length must be a non-negative integer'],
  ['uniform', (random) => random.uniform([1.5]), RangeError, 'every length must be a non-negative integer'],
  [
    'uniform',
    (random) => random.uniform(3 as unknown as number[]),
    RangeError,
    'uniform: expected an array, got 3. Write [2] for a single one.',
  ],
  ['uniform', (random) => random.uniform([2 ** 20, 2 ** 20]), RangeError, 'a tensor holds at most'],
  [
    'uniform',
    (random) => random.uniform([2], { dtype: 'int32' }),
    TypeError,
    'draws are float32 or float64, got dtype int32',
  ],
  [
    'normal',
    (random) => random.normal([2], { standardDeviation: -1 }),
    RangeError,
    'standardDeviation must be a finite non-negative number, got -1',
  ],
  [
    'normal',
    (random) => random.normal([2], { standardDeviation: text }),
    TypeError,
    'standardDeviation must be a finite non-negative number, got string',
  ],
  [
    'normal',
    (random) => random.normal([2], { deviation: 2 } as never),
    TypeError,
    "Unknown option 'deviation' of normal. It takes mean, standardDeviation, dtype. Did you mean standardDeviation?",
  ],
  ['lognormal', (random) => lognormal(random, [2], { deviation: 2 } as never), TypeError, "Unknown option 'deviation'"],
  ['uniform', (random) => random.uniform([2], { from: 2 } as never), TypeError, "Unknown option 'from' of uniform"],
  ['normal', (random) => random.normal([2], { mean: NaN }), RangeError, 'mean must be a finite number'],
  ['normal', (random) => random.normal([2], { dtype: 'bool' }), TypeError, "Convert them with cast('bool')"],
  ['integers', (random) => integers(random, [2], { high: 0 }), RangeError, 'high must be above low, which is 0, got 0'],
  ['integers', (random) => integers(random, [2], { high: 1.5 }), RangeError, 'high must be an integer'],
  ['integers', (random) => integers(random, [2], { high: 2 ** 31 + 1 }), RangeError, 'for int32'],
  [
    'integers',
    (random) => integers(random, [2], { high: none as number }),
    TypeError,
    'high must be an integer from -2147483648 to 2147483648 for int32, got undefined',
  ],
  [
    'integers',
    (random) => integers(random, [2], none as never),
    TypeError,
    'high must be an integer from -2147483648 to 2147483648 for int32, got undefined',
  ],
  [
    'integers',
    (random) => integers(random, [2], { low: -(2 ** 53), high: 2 ** 53, dtype: 'float64' }),
    RangeError,
    'at most',
  ],
  ['integers', (random) => integers(random, [2], { high: 2, dtype: 'bool' }), TypeError, 'draws are int32 or float64'],
  ['permutation', (random) => permutation(random, -1), RangeError, 'n must be an integer from 0'],
  ['permutation', (random) => permutation(random, 2.5), RangeError, 'n must be an integer from 0'],
  [
    'shuffle',
    (random) => shuffle(random, 'text' as unknown as string[]),
    TypeError,
    'expected an array or a typed array',
  ],
  [
    'binomial',
    (random) => binomial(random, [2], none as never),
    TypeError,
    'probability must be a probability from 0 to 1, got undefined',
  ],
  [
    'poisson',
    (random) => poisson(random, [2], none as never),
    TypeError,
    'mean must be a number from 0 to 2e9, got undefined',
  ],
  [
    'gamma',
    (random) => gamma(random, [2], none as never),
    TypeError,
    'alpha must be a finite non-negative number, got undefined',
  ],
  [
    'beta',
    (random) => beta(random, [2], none as never),
    TypeError,
    'alpha must be a finite number above 0, got undefined',
  ],
  [
    'triangular',
    (random) => triangular(random, [2], none as never),
    TypeError,
    'low must be a finite number, got undefined',
  ],
  [
    'multinomial',
    (random) => multinomial(random, [2], none as never),
    TypeError,
    'trials must be an integer from 0 to 2147483647, got undefined',
  ],
  [
    'geometric',
    (random) => geometric(random, [2], none as never),
    TypeError,
    'probability must be above 0 and at most 1, got undefined',
  ],
  ['smallIntegers', (random) => smallIntegers(random, 2, none as never), TypeError, 'there is no dtype undefined'],
  [
    'binomial',
    (random) => binomial(random, [2], { probability: 1.1 }),
    RangeError,
    'probability must be a probability from 0 to 1',
  ],
  [
    'binomial',
    (random) => binomial(random, [2], { trials: -1, probability: 0.5 }),
    RangeError,
    'trials must be an integer',
  ],
  ['choice', (random) => choice(random, 0), RangeError, 'n must be above 0'],
  ['choice', (random) => choice(random, 3, { shape: [4], replace: false }), RangeError, 'n must be at least 4'],
  ['choice', (random) => choice(random, 2, { probabilities: [0.5, 0.6] }), RangeError, 'must add up to 1, got 1.1'],
  ['choice', (random) => choice(random, 2, { probabilities: [1.5, -0.5] }), RangeError, 'every probability'],
  ['choice', (random) => choice(random, 3, { probabilities: [0.5, 0.5] }), RangeError, 'n, which is 3, got 2'],
  [
    'choice',
    (random) => choice(random, 2, { shape: [2], replace: false, probabilities: [1, 0] }),
    RangeError,
    'at least 2, got 1',
  ],
  [
    'exponential',
    (random) => exponential(random, [2], { scale: -1 }),
    RangeError,
    'scale must be a finite non-negative number',
  ],
  ['poisson', (random) => poisson(random, [2], { mean: -1 }), RangeError, 'mean must be a number from 0'],
  ['poisson', (random) => poisson(random, [2], { mean: NaN }), RangeError, 'mean must be a number from 0'],
  ['gamma', (random) => gamma(random, [2], { alpha: -1 }), RangeError, 'alpha must be a finite non-negative number'],
  ['beta', (random) => beta(random, [2], { alpha: 0, beta: 1 }), RangeError, 'alpha must be a finite number above 0'],
  ['laplace', (random) => laplace(random, [2], { scale: -1 }), RangeError, 'scale must be'],
  ['gumbel', (random) => gumbel(random, [2], { location: Infinity }), RangeError, 'location must be'],
  ['logistic', (random) => logistic(random, [2], { scale: NaN }), RangeError, 'scale must be'],
  ['lognormal', (random) => lognormal(random, [2], { standardDeviation: -1 }), RangeError, 'standardDeviation must be'],
  [
    'triangular',
    (random) => triangular(random, [2], { low: 0, mode: 2, high: 1 }),
    RangeError,
    'mode must be from 0 to 1',
  ],
  [
    'multinomial',
    (random) => multinomial(random, [2], { trials: 3, probabilities: [0.5] }),
    RangeError,
    'must add up to 1',
  ],
  [
    'multinomial',
    (random) => multinomial(random, [2], { trials: 3, probabilities: 1 as unknown as number[] }),
    TypeError,
    'array of numbers',
  ],
  ['geometric', (random) => geometric(random, [2], { probability: 0 }), RangeError, 'above 0 and at most 1'],
  ['smallIntegers', (random) => smallIntegers(random, 2, { high: 300, dtype: 'uint8' }), RangeError, 'for uint8'],
  [
    'smallIntegers',
    (random) => smallIntegers(random, -1, { high: 3, dtype: 'uint8' }),
    RangeError,
    'count must be an integer',
  ],
  [
    'smallIntegers',
    (random) => smallIntegers(random, 2, { high: 3, dtype: 'int32' as 'int8' }),
    TypeError,
    'there is no dtype int32',
  ],
];

describe.each([
  ['randomState', () => randomState(0)],
  ['generator', () => generator(0)],
] as const)('a wrong argument to a %s is refused before anything is drawn:', (_, make) => {
  test.each(refused.map(([name, ask, kind, message]) => [name, message, ask, kind] as const))(
    '%s: %s',
    (name, message, ask, kind) => {
      const random = make();
      expect(() => ask(random)).toThrow(kind);
      expect(() => ask(random)).toThrow(message);
      expect(() => ask(random)).toThrow(name);
      expect(random.uniform()).toBe(make().uniform());
    },
  );
});
