import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/numpy_random.json' with { type: 'json' };
import more from '../../golden/numpy_random_more.json' with { type: 'json' };
import type { Tensor } from '../tensor.ts';
import { beta, exponential, gamma, gumbel, laplace, logistic, lognormal, triangular } from './continuous.ts';
import { binomial, geometric, multinomial, poisson } from './discrete.ts';
import { generatorState, type MersenneState, type PcgState } from './generator-state.ts';
import { integers, type SmallIntegerArrays, smallIntegers } from './integers.ts';
import { randomState } from './mersenne.ts';
import { generator } from './pcg64.ts';
import { choice, permutation, shuffle } from './permutation.ts';
import type { Random } from './random.ts';
import { seedSequence } from './seed-sequence.ts';

interface Expected {
  readonly dtype?: string;
  readonly shape?: readonly number[];
  readonly hex?: readonly string[];
  readonly values?: readonly (number | string | boolean)[];
  readonly [key: string]: unknown;
}

interface Step {
  readonly op: string;
  readonly args?: readonly unknown[] | null;
  readonly kwargs?: Readonly<Record<string, unknown>> | null;
  readonly expect?: Expected;
}

interface Check {
  readonly op: string;
  readonly args?: readonly number[];
  readonly size?: number;
  readonly n?: number;
  readonly [key: string]: unknown;
}

interface Program {
  readonly seed: number | readonly number[];
  readonly name: string;
  readonly steps?: readonly Step[];
  readonly checks?: readonly Check[];
}

const view = new DataView(new ArrayBuffer(8));

function hex64(value: number): string {
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

function hex32(value: number): string {
  view.setFloat32(0, value);
  return view.getUint32(0).toString(16).padStart(8, '0');
}

/** How many float64 numbers lie between two of the same sign. */
function unitsBetween(a: string, b: string): number {
  return Math.abs(Number(BigInt(`0x${a}`) - BigInt(`0x${b}`)));
}

/** The numbers of a JSON hexadecimal word, 32 bits at a time, lowest first. */
function wordsOf(hex: string): number[] {
  const whole = BigInt(hex);
  return [0n, 32n, 64n, 96n].map((shift) => Number((whole >> shift) & 0xffffffffn));
}

function sha256(array: ArrayBufferView): string {
  return createHash('sha256')
    .update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    .digest('hex');
}

function asInt64(values: ArrayLike<number>): BigInt64Array {
  return BigInt64Array.from(values as number[], BigInt);
}

const small = new Set(['bool', 'uint8', 'int8', 'uint16', 'int16']);

/** Performs one step as NumPy names it, and gives the numbers. */
function perform(random: Random, { op, args, kwargs }: Step): ArrayLike<number | bigint> {
  const given = (args ?? []) as number[];
  const [first = 0, second = 0, third = 0] = given;
  const {
    size,
    dtype,
    endpoint,
    replace = true,
    p,
  } = (kwargs ?? {}) as {
    size?: number | number[];
    dtype?: string;
    endpoint?: boolean;
    replace?: boolean;
    p?: number[];
  };
  const shape = size === undefined ? [] : typeof size === 'number' ? [size] : size;
  const precision = { dtype: dtype === 'float32' ? 'float32' : 'float64' } as const;
  const dataOf = (tensor: Tensor) => tensor.data as ArrayLike<number>;
  switch (op) {
    case 'raw_uint32':
      return Array.from({ length: first }, () => random.source.word());
    case 'random_raw':
      // A 64-bit word is two 32-bit words, the lower one first.
      return Array.from({ length: first }, () => BigInt(random.source.word()) | (BigInt(random.source.word()) << 32n));
    case 'random_sample':
    case 'random':
      return dataOf(random.uniform(shape, precision));
    case 'rand':
      return dataOf(random.uniform(given, precision));
    case 'randn':
      return dataOf(random.normal(given, precision));
    case 'standard_normal':
      return dataOf(random.normal(shape, precision));
    case 'normal':
      return dataOf(random.normal(shape, { mean: first, standardDeviation: second, ...precision }));
    case 'uniform':
      return dataOf(random.uniform(shape, { low: first, high: second, ...precision }));
    case 'randint':
    case 'integers': {
      const [low, high] = given.length === 1 ? [0, first] : [first, second + (endpoint ? 1 : 0)];
      if (dtype && small.has(dtype)) {
        return smallIntegers(random, shape[0] as number, { low, high, dtype: dtype as keyof SmallIntegerArrays });
      }
      return dataOf(integers(random, shape, { low, high, dtype: dtype === 'int32' ? 'int32' : 'float64' }));
    }
    case 'permutation':
      return dataOf(permutation(random, first));
    case 'shuffle':
      return shuffle(
        random,
        Array.from({ length: first }, (_, index) => index),
      );
    case 'shuffle_array':
      return shuffle(
        random,
        Float64Array.from({ length: first }, (_, index) => index),
      );
    case 'permutation_array':
      return shuffle(random, [...(args as number[][])[0]!]);
    case 'permutation_rows':
      return Array.from(dataOf(permutation(random, first))).flatMap((row) =>
        Array.from({ length: second }, (_, column) => row * second + column),
      );
    case 'binomial':
      return dataOf(binomial(random, shape, { trials: first, probability: second }));
    case 'choice':
      return dataOf(choice(random, first, { shape, replace, ...(p ? { probabilities: p } : {}) }));
    case 'exponential':
      return dataOf(exponential(random, shape, { scale: first, ...precision }));
    case 'standard_exponential':
      return dataOf(exponential(random, shape, precision));
    case 'poisson':
      return dataOf(poisson(random, shape, { mean: first }));
    case 'standard_gamma':
      return dataOf(gamma(random, shape, { alpha: first, ...precision }));
    case 'beta':
      return dataOf(beta(random, shape, { alpha: first, beta: second, ...precision }));
    case 'laplace':
      return dataOf(laplace(random, shape, { location: first, scale: second, ...precision }));
    case 'gumbel':
      return dataOf(gumbel(random, shape, { location: first, scale: second, ...precision }));
    case 'logistic':
      return dataOf(logistic(random, shape, { location: first, scale: second, ...precision }));
    case 'lognormal':
      return dataOf(lognormal(random, shape, { mean: first, standardDeviation: second, ...precision }));
    case 'triangular':
      return dataOf(triangular(random, shape, { low: first, mode: second, high: third, ...precision }));
    case 'multinomial':
      return dataOf(multinomial(random, shape, { trials: first, probabilities: (args as number[][])[1]! }));
    case 'geometric':
      return dataOf(geometric(random, shape, { probability: first }));
    default:
      throw new Error(`the golden file asks for ${op}`);
  }
}

// Draws through `log`, `exp` or powers: the C library that NumPy used is not ours to the last bit.
const rounded = new Set([
  'randn',
  'standard_normal',
  'normal',
  'exponential',
  'standard_exponential',
  'standard_gamma',
  'beta',
  'laplace',
  'gumbel',
  'logistic',
  'lognormal',
]);

function compare(step: Step, drawn: ArrayLike<number | bigint>): void {
  const { hex, values, dtype } = step.expect!;
  if (values) {
    expect(Array.from(drawn, String)).toEqual(
      values.map((value) => String(typeof value === 'boolean' ? Number(value) : value)),
    );
  } else if (dtype === 'float32') {
    expect(Array.from(drawn as ArrayLike<number>, hex32)).toEqual(hex);
  } else if (rounded.has(step.op)) {
    const units = Array.from(drawn as ArrayLike<number>, (value, index) => unitsBetween(hex64(value), hex![index]!));
    expect(units.length).toBe(hex!.length);
    expect(Math.max(...units), String(units)).toBeLessThanOrEqual(4);
  } else {
    expect(Array.from(drawn as ArrayLike<number>, hex64)).toEqual(hex);
  }
}

/** A long run agrees in its checksums. */
function check(random: Random, { op, args = [], size = 0, n = 0, ...expected }: Check): void {
  if (op === 'random_sample' || op === 'random') {
    expect(sha256(random.uniform([size], { dtype: 'float64' }).data)).toBe(expected['sha256_float64_le']);
  } else if (op === 'randn') {
    expect(sha256(random.normal([size]).data)).toBe(expected['sha256_float32_le']);
  } else if (op === 'standard_normal') {
    expect(sha256(random.normal([size], { dtype: 'float64' }).data)).toBe(expected['sha256_float64_le']);
  } else if (op === 'permutation') {
    expect(sha256(asInt64(permutation(random, n).data))).toBe(expected['sha256_int64_le']);
  } else if (op === 'integers') {
    const [low, high] = args as [number, number];
    expect(sha256(asInt64(integers(random, [size], { low, high }).data))).toBe(expected['sha256_int64_le']);
  } else {
    expect(op).toBe('binomial');
    const [trials, probability] = args as [number, number];
    const { data } = binomial(random, [size], { trials, probability });
    expect(sha256(Uint8Array.from(data))).toBe(expected['sha256_uint8']);
  }
}

describe('randomState draws what NumPy RandomState draws', () => {
  for (const { seed, name, steps = [], checks = [] } of [...golden.legacy, ...more.legacy] as Program[]) {
    test(`seed ${JSON.stringify(seed)}: ${name}`, () => {
      expect(steps.length + checks.length).toBeGreaterThan(0);
      let random = randomState(seed);
      for (const step of steps) {
        if (step.op === 'seed') {
          random = randomState((step.args as number[])[0]!);
        } else if (step.op === 'get_state') {
          const { key, position, normal } = generatorState(random) as MersenneState;
          const { cached_gaussian_hex: cached, ...expected } = step.expect!;
          expect({
            key_sha256_uint32_le: sha256(Uint32Array.from(key)),
            key_first4: key.slice(0, 4),
            key_last2: key.slice(-2),
            pos: position,
            has_gauss: normal === null ? 0 : 1,
          }).toEqual(expected);
          expect(unitsBetween(hex64(normal ?? 0), cached as string)).toBeLessThanOrEqual(4);
        } else {
          compare(step, perform(random, step));
        }
      }
      for (const one of checks) check(randomState(seed), one);
    });
  }
});

describe('generator draws what NumPy default_rng draws', () => {
  for (const { seed: parsed, name, steps = [], checks = [] } of [...golden.generator, ...more.generator] as Program[]) {
    // JSON.parse cannot hold the one seed that is wider than a double.
    const seed = parsed === 12345678901234567890 ? 12345678901234567890n : (parsed as number);
    test(`seed ${seed}: ${name}`, () => {
      expect(steps.length + checks.length).toBeGreaterThan(0);
      const random = generator(seed);
      for (const step of steps) {
        const { op, expect: expected = {} } = step;
        if (op === 'seed_sequence') {
          const sequence = seedSequence(seed);
          const words = [...sequence.words(8)];
          expect(words).toEqual(expected['generate_state_uint32_8']);
          expect([...sequence.spawn(1)[0]!.words(4)]).toEqual(expected['spawned_child0_generate_state_uint32_4']);
        } else if (op === 'get_state') {
          const { state, increment, kept } = generatorState(random) as PcgState;
          expect(state).toEqual(wordsOf(expected['state'] as string));
          expect(increment).toEqual(wordsOf(expected['inc'] as string));
          expect(kept === null ? 0 : 1).toBe(expected['has_uint32']);
          if (kept !== null) expect(kept).toBe(expected['uinteger']);
        } else {
          compare(step, perform(random, step));
        }
      }
      for (const one of checks) check(generator(seed), one);
    });
  }
});
