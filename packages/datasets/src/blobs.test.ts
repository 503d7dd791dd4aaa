import { randomState } from '@nn/tensor';
import { expect, test } from 'vitest';
import { casesInBothPrecisions, expectOutput } from '../test/toy-golden.ts';
import { blobs } from './blobs.ts';

test.for(casesInBothPrecisions('make_blobs'))('blobs are those of scikit-learn: $title', (golden) => {
  const config = golden.config as unknown as Config;
  const { x, y, centers } = blobs({
    samples: config.n_samples,
    ...(config.n_features === undefined ? {} : { features: config.n_features }),
    ...(config.centers === null ? {} : { centers: config.centers }),
    standardDeviation: config.cluster_std,
    ...(config.center_box ? { centerBox: config.center_box } : {}),
    shuffle: config.shuffle,
    random: randomState(config.random_state),
    dtype: golden.dtype,
  });
  expectOutput(x, golden.outputs['X']!, golden);
  expectOutput(centers, golden.outputs['centers']!, golden);
  expect(Array.from(y.data)).toEqual(golden.outputs['y']!.data);
});

interface Config {
  readonly n_samples: number | readonly number[];
  readonly n_features?: number;
  readonly centers: number | readonly (readonly number[])[] | null;
  readonly cluster_std: number | readonly number[];
  readonly center_box?: readonly [number, number];
  readonly shuffle: boolean;
  readonly random_state: number;
}

test('a standard deviation of 0 puts every point on its center', () => {
  const { x, y, centers } = blobs({
    samples: 6,
    centers: 3,
    standardDeviation: 0,
    random: randomState(1),
    dtype: 'float64',
  });
  expect(x.toArray()).toEqual(centers.take(y, 0).toArray());
});

test('lists that do not fit each other are refused', () => {
  const random = randomState(0);
  expect(() => blobs({ samples: [1, 2], centers: 3, random })).toThrow(
    'blobs: samples and centers must be equally many, got 2 and 3. Give one per class.',
  );
  expect(() => blobs({ centers: 2, standardDeviation: [1, 2, 3], random })).toThrow(
    'blobs: standardDeviation and centers must be equally many, got 3 and 2. Give one per class.',
  );
  expect(() => blobs({ centers: [[0, 0], [1]], random })).toThrow('rows must have equal lengths');
  expect(() => blobs({ centers: [], random })).toThrow('blobs: centers must be a positive integer, got 0.');
  expect(() => blobs({ centerBox: [1, -1], random })).toThrow(
    'blobs: centerBox[1] must be a finite number, at least 1, got -1.',
  );
});
