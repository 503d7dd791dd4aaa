import { randomState } from '@nn/tensor';
import { expect, test } from 'vitest';
import { casesInBothPrecisions, expectOutput } from '../test/toy-golden.ts';
import { moons } from './moons.ts';

test.for(casesInBothPrecisions('make_moons'))('moons are those of scikit-learn: $title', (golden) => {
  const { n_samples, shuffle, noise, random_state } = golden.config as unknown as Config;
  const random = randomState(random_state);
  const { x, y } = moons({
    samples: n_samples,
    shuffle,
    ...(noise === null ? {} : { noise }),
    random,
    dtype: golden.dtype,
  });
  expect([x.dtype, y.dtype]).toEqual([golden.dtype, 'int32']);
  expectOutput(x, golden.outputs['X']!, golden);
  expect(Array.from(y.data)).toEqual(golden.outputs['y']!.data);
});

interface Config {
  readonly n_samples: number | [number, number];
  readonly shuffle: boolean;
  readonly noise: number | null;
  readonly random_state: number;
}

test('of an odd number of points the inner moon has one more', () => {
  expect(String(moons({ samples: 5, shuffle: false, random: randomState(0) }).y)).toBe('[0 0 1 1 1]');
});

test('counts and noise that do not fit are refused', () => {
  const random = randomState(0);
  expect(() => moons({ samples: 1, random })).toThrow('moons: samples must be an integer, at least 2, got 1.');
  expect(() => moons({ samples: [1, 0], random })).toThrow('moons: samples must be a positive integer, got 0.');
  expect(() => moons({ samples: [1, 2, 3] as unknown as [number, number], random })).toThrow(
    'moons: samples is a number or [outer, inner], got 3 counts. Give one per curve.',
  );
  expect(() => moons({ noise: -1, random })).toThrow(
    'moons: noise must be a finite number, at least 0, got -1. Check where it comes from.',
  );
});
