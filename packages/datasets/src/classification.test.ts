import { randomState } from '@nn/tensor';
import { expect, test } from 'vitest';
import { casesInBothPrecisions, expectOutput } from '../test/toy-golden.ts';
import { classification } from './classification.ts';

test.for(casesInBothPrecisions('make_classification'))('classification is that of scikit-learn: $title', (golden) => {
  const config = golden.config as unknown as Config;
  const { x, y } = classification({
    samples: config.n_samples,
    features: config.n_features,
    informative: config.n_informative,
    redundant: config.n_redundant,
    repeated: config.n_repeated,
    classes: config.n_classes,
    clustersPerClass: config.n_clusters_per_class,
    ...(config.weights ? { weights: config.weights } : {}),
    flip: config.flip_y,
    separation: config.class_sep,
    hypercube: config.hypercube,
    shift: config.shift ?? 'random',
    scale: config.scale ?? 'random',
    shuffle: config.shuffle,
    random: randomState(config.random_state),
    dtype: golden.dtype,
  });
  expectOutput(x, golden.outputs['X']!, golden);
  expect(Array.from(y.data)).toEqual(golden.outputs['y']!.data);
});

interface Config {
  readonly n_samples: number;
  readonly n_features: number;
  readonly n_informative: number;
  readonly n_redundant: number;
  readonly n_repeated: number;
  readonly n_classes: number;
  readonly n_clusters_per_class: number;
  readonly weights: readonly number[] | null;
  readonly flip_y: number;
  readonly class_sep: number;
  readonly hypercube: boolean;
  readonly shift: number | null;
  readonly scale: number | null;
  readonly shuffle: boolean;
  readonly random_state: number;
}

test('the weights are the proportions of the classes, the last one the rest', () => {
  const { y } = classification({ samples: 10, weights: [0.7], flip: 0, random: randomState(0) });
  expect(y.sum().item()).toBe(3);
});

test('shift and scale may be given per column', () => {
  const options = { features: 3, informative: 2, redundant: 1, shuffle: false, dtype: 'float64' } as const;
  const plain = classification({ ...options, random: randomState(4) }).x;
  const moved = classification({ ...options, shift: [1, 2, 3], scale: [4, 5, 6], random: randomState(4) }).x;
  const [row, movedRow] = [plain.slice(0).toArray() as number[], moved.slice(0).toArray() as number[]];
  expect(movedRow).toEqual([(row[0]! + 1) * 4, (row[1]! + 2) * 5, (row[2]! + 3) * 6]);
});

test('columns, clusters and weights that do not fit are refused', () => {
  const random = randomState(0);
  expect(() => classification({ features: 3, random })).toThrow(
    'classification: informative + redundant + repeated columns (4) must fit into the 3 features. Raise features.',
  );
  expect(() => classification({ classes: 3, random })).toThrow(
    'classification: 3 classes of 2 clusters need 6 corners, but a cube of 2 informative columns has 4. Raise informative.',
  );
  expect(() => classification({ weights: [0.9, 0.9], random })).toThrow(
    'classification: weights must be the proportions of 2 classes, with a sum of at most 1, got 2 with a sum of 1.8. Give one per class, or all but the last.',
  );
  expect(() => classification({ shift: [1], random })).toThrow(
    'classification: shift is one number, or one per column (20), got 1. Give as many as there are features.',
  );
});
