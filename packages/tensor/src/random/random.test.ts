import { describe, expect, test } from 'vitest';
import { exponential } from './continuous.ts';
import { generatorState, type GeneratorState, restoreGenerator } from './generator-state.ts';
import { integers } from './integers.ts';
import { randomState } from './mersenne.ts';
import { generator } from './pcg64.ts';
import { permutation, shuffle } from './permutation.ts';
import type { Random } from './random.ts';
import { seedSequence } from './seed-sequence.ts';

const makers: readonly (readonly [string, (seed: number) => Random])[] = [
  ['randomState', randomState],
  ['generator', generator],
];

/** Some of everything, so that whatever a generator keeps back is in play. */
function medley(random: Random): number[] {
  return [
    random.normal(),
    ...random.normal([3]).data,
    ...random.uniform([3]).data,
    random.uniform(),
    integers(random, undefined, { high: 1000 }),
    ...permutation(random, 10).data,
    ...exponential(random, [2]).data,
  ];
}

describe.each(makers)('%s', (name, make) => {
  test('draws the same from equal seeds, and 0 is a seed', () => {
    expect(medley(make(0))).toEqual(medley(make(0)));
    expect(medley(make(0))).not.toEqual(medley(make(1)));
  });

  test('goes on from a state that went through JSON, draw for draw', () => {
    for (let draws = 0; draws < 4; draws++) {
      const random = make(7);
      for (let index = 0; index < draws; index++) random.normal([1]);
      random.source.word();
      const state = JSON.parse(JSON.stringify(generatorState(random))) as GeneratorState;
      const expected = medley(random);
      const other = make(99);
      restoreGenerator(other, state);
      expect(medley(other)).toEqual(expected);
      restoreGenerator(random, state);
      expect(medley(random)).toEqual(expected);
    }
  });

  test('a second generator starts where the first one stands, and neither moves the other', () => {
    const random = make(3);
    random.normal([3]);
    const clone = restoreGenerator(make(99), generatorState(random));
    const expected = medley(clone);
    expect(medley(random)).toEqual(expected);
    expect(medley(random)).toEqual(medley(clone));
  });

  test('a state is a copy: drawing does not change it', () => {
    const random = make(3);
    const state = generatorState(random);
    const before = JSON.stringify(state);
    medley(random);
    expect(JSON.stringify(state)).toBe(before);
  });

  test('gives tensors of the requested shape and dtype', () => {
    const random = make(0);
    expect(random.uniform([2, 3]).shape).toEqual([2, 3]);
    expect(random.uniform([2, 3]).dtype).toBe('float32');
    expect(random.normal([], { dtype: 'float64' }).dtype).toBe('float64');
    expect(random.normal([]).size).toBe(1);
    expect(integers(random, [4], { high: 3 }).dtype).toBe('int32');
    expect(permutation(random, 4).dtype).toBe('int32');
    expect(random.uniform([0, 3]).size).toBe(0);
    expect(permutation(random, 0).size).toBe(0);
  });

  test('an empty tensor takes nothing from the stream', () => {
    const random = make(0);
    random.uniform([0]);
    random.normal([3, 0]);
    expect(random.uniform()).toBe(make(0).uniform());
  });

  test('gives a single float32 number on request', () => {
    expect(make(5).normal(undefined, { dtype: 'float32' })).toBe(make(5).normal([1], { dtype: 'float32' }).item());
    expect(make(5).uniform(undefined, { dtype: 'float64' })).toBe(make(5).uniform());
  });

  test('stays within the bounds', () => {
    const random = make(1);
    const { data } = random.uniform([10_000], { low: -3, high: 5, dtype: 'float64' });
    expect(Math.min(...data)).toBeGreaterThanOrEqual(-3);
    expect(Math.max(...data)).toBeLessThan(5);
    const numbers = new Set(integers(random, [1000], { low: -2, high: 3 }).data);
    expect([...numbers].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
  });

  test('reaches the ends of int32 and of the integers that float64 holds', () => {
    const random = make(1);
    const ends = { low: -(2 ** 31), high: 2 ** 31 };
    expect(integers(random, [100], ends).data.some((value) => value < -(2 ** 30))).toBe(true);
    const wide = integers(random, [100], { high: 2 ** 53, dtype: 'float64' }).data;
    expect(wide.every((value) => Number.isSafeInteger(value))).toBe(true);
    expect(wide.some((value) => value > 2 ** 52)).toBe(true);
  });

  test('shuffles arrays and typed arrays in place and alike', () => {
    const list = ['a', 'b', 'c', 'd', 'e'];
    expect(shuffle(make(2), list)).toBe(list);
    expect([...list].sort().join('')).toBe('abcde');
    const letters = shuffle(make(2), Uint8Array.from([0, 1, 2, 3, 4]));
    expect(Array.from(letters, (letter) => 'abcde'[letter])).toEqual(list);
  });

  test('normals have the requested mean and standard deviation', () => {
    const values = Array.from(make(4).normal([100_000], { mean: 3, standardDeviation: 2, dtype: 'float64' }).data);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    // Five standard errors.
    expect(Math.abs(mean - 3)).toBeLessThan((5 * 2) / Math.sqrt(1e5));
    expect(Math.abs(variance - 4)).toBeLessThan(5 * 4 * Math.sqrt(2 / 1e5));
  });

  test('refuses a state of the other kind, or a damaged one, and stands where it stood', () => {
    const random = make(0);
    const other = name === 'generator' ? randomState(0) : generator(0);
    expect(() => restoreGenerator(random, generatorState(other))).toThrow(TypeError);
    expect(() => restoreGenerator(random, generatorState(other))).toThrow(
      /restoreGenerator: expected a state of .* got ".*"\. Restore it into the generator that gave it\./,
    );
    const state = generatorState(random) as unknown as Record<string, unknown>;
    const list = name === 'generator' ? 'state' : 'key';
    for (const broken of [[1, 2, 3], 'words', undefined, (state[list] as number[]).map((word) => word + 0.5)]) {
      expect(() => restoreGenerator(random, { ...state, [list]: broken } as unknown as GeneratorState)).toThrow(
        RangeError,
      );
    }
    expect(() => restoreGenerator(random, undefined as unknown as GeneratorState)).toThrow(TypeError);
    expect(random.uniform()).toBe(make(0).uniform());
  });
});

test('a randomState refuses a position outside the key, and a kept normal that is no number', () => {
  const random = randomState(0);
  const state = generatorState(random);
  for (const position of [-1, 625, 0.5, NaN]) {
    expect(() => restoreGenerator(random, { ...state, position } as GeneratorState)).toThrow(
      /position must be an integer from 0 to 624/,
    );
  }
  expect(() => restoreGenerator(random, { ...state, normal: 'x' } as unknown as GeneratorState)).toThrow(RangeError);
  expect(random.uniform()).toBe(randomState(0).uniform());
});

test('a generator refuses a kept half that is no word', () => {
  const random = generator(0);
  const state = generatorState(random);
  expect(() => restoreGenerator(random, { ...state, kept: -1 } as unknown as GeneratorState)).toThrow(RangeError);
  expect(random.uniform()).toBe(generator(0).uniform());
});

describe('seeds', () => {
  test.each([-1, 0.5, NaN, Infinity, 2 ** 60])('%s is refused by both generators', (seed) => {
    expect(() => randomState(seed)).toThrow(RangeError);
    expect(() => generator(seed)).toThrow(RangeError);
    expect(() => randomState([1, seed])).toThrow(
      `randomState: a seed must be an integer from 0 to 4294967295, or an array of one or more, got ${seed}. Check`,
    );
    expect(() => generator([1, seed])).toThrow(`generator: a seed must be an integer from 0 to`);
  });

  test('what is no number is refused', () => {
    for (const seed of [undefined, null, '7', {}]) {
      expect(() => randomState(seed as unknown as number)).toThrow(TypeError);
      expect(() => generator(seed as unknown as number)).toThrow(TypeError);
    }
  });

  test('randomState takes 32 bits, generator any number of them', () => {
    expect(() => randomState(2 ** 32)).toThrow(/or an array of one or more, got 4294967296/);
    expect(() => randomState([])).toThrow(/or an array of one or more, got object/);
    expect(() => generator(-1n)).toThrow(/cannot be negative/);
    expect(generator(5n).uniform()).toBe(generator(5).uniform());
    expect(generator(2n ** 64n + 3n).uniform()).toBe(generator([3, 0, 1]).uniform());
  });

  test('a sequence gives independent children, which seed generators', () => {
    const [first, second] = seedSequence(0).spawn(2);
    expect(generator(first!).uniform()).not.toBe(generator(second!).uniform());
    const parent = seedSequence(0);
    parent.spawn(1);
    expect(parent.spawn(1)[0]!.words(4)).toEqual(second!.words(4));
    expect(() => parent.spawn(-1)).toThrow(RangeError);
  });
});
