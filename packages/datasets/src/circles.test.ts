import { randomState } from '@nn/tensor';
import { expect, test } from 'vitest';
import { casesInBothPrecisions, expectOutput } from '../test/toy-golden.ts';
import { circles } from './circles.ts';

test.for(casesInBothPrecisions('make_circles'))('circles are those of scikit-learn: $title', (golden) => {
  const { n_samples, shuffle, noise, factor, random_state } = golden.config as unknown as Config;
  const { x, y } = circles({
    samples: n_samples,
    shuffle,
    ...(noise === null ? {} : { noise }),
    factor,
    random: randomState(random_state),
    dtype: golden.dtype,
  });
  expectOutput(x, golden.outputs['X']!, golden);
  expect(Array.from(y.data)).toEqual(golden.outputs['y']!.data);
});

interface Config {
  readonly n_samples: number | [number, number];
  readonly shuffle: boolean;
  readonly noise: number | null;
  readonly factor: number;
  readonly random_state: number;
}

test('a circle is not closed twice: its last point is not its first', () => {
  const { x } = circles({ samples: [4, 1], shuffle: false, random: randomState(0), dtype: 'float64' });
  expect(x.slice([0, 4]).round().toArray()).toEqual([
    [1, 0],
    [0, 1],
    [-1, 0],
    [-0, -1],
  ]);
});

test('an inner circle that is not inside is refused', () => {
  expect(() => circles({ factor: 1, random: randomState(0) })).toThrow(
    'circles: factor must be below 1, the radius of the outer circle, got 1. Divide the radii.',
  );
});
