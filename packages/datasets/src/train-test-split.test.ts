import { arange, randomState, tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { labelsOf } from '../test/real-labels.ts';
import { casesOf } from '../test/toy-golden.ts';
import { trainTestSplit, type TrainTestSplit } from './train-test-split.ts';

test.for(casesOf('train_test_split'))('the parts are those of scikit-learn, row for row: $config', (golden) => {
  const { n_samples, shuffle, stratify, random_state, test_size, train_size } = golden.config as unknown as Config;
  const options: TrainTestSplit = {
    ...(test_size === undefined || test_size === null ? {} : { test: test_size }),
    ...(train_size === undefined ? {} : { train: train_size }),
    ...(shuffle ? { random: randomState(random_state) } : { shuffle: false }),
    stratify,
  };
  const rows = arange(n_samples);
  const { train, test: held } = trainTestSplit({ x: rows, y: stratify ? labelsOf(golden) : rows }, options);
  expect(Array.from(train.x.data)).toEqual(golden.outputs['train']!.data);
  expect(Array.from(held.x.data)).toEqual(golden.outputs['test']!.data);
});

interface Config {
  readonly n_samples: number;
  readonly shuffle: boolean;
  readonly stratify: boolean;
  readonly random_state: number;
  readonly test_size?: number | null;
  readonly train_size?: number;
}

const rows = (count: number) => ({ x: arange(count).reshape([count, 1]), y: arange(count) });
const random = randomState(0);

test('every row is in one part, with its target', () => {
  const { train, test: held } = trainTestSplit(rows(10), { test: 3, random: randomState(1) });
  expect([train.x.shape, held.x.shape]).toEqual([
    [7, 1],
    [3, 1],
  ]);
  expect(Array.from(train.x.data)).toEqual(Array.from(train.y.data));
  expect([...train.y.data, ...held.y.data].toSorted((a, b) => a - b)).toEqual([...arange(10).data]);
});

test('shuffles unless shuffle is false, and refuses to do so without a generator', () => {
  expect(() => trainTestSplit(rows(4), { test: 2 } as TrainTestSplit)).toThrow(
    'trainTestSplit: the rows are shuffled, but no generator was given. Write random: randomState(0), or shuffle: false to keep their order.',
  );
  expect(String(trainTestSplit(rows(4), { test: 1, shuffle: false }).test.y)).toBe('[3]');
});

test('parts that do not fit are refused', () => {
  for (const size of [0, -1, 1.5, 11, NaN, Infinity]) {
    expect(() => trainTestSplit(rows(10), { test: size, random })).toThrow(
      `trainTestSplit: test must be a fraction between 0 and 1, or a number of rows up to 10, got ${size}. Write test: 0.25 for a quarter.`,
    );
  }
  expect(() => trainTestSplit(rows(10), { test: 10, random })).toThrow(
    'trainTestSplit: of 10 rows 0 would be for training and 10 for testing; each part needs at least one. Choose test between 0 and 1, or as a number of rows below 10.',
  );
  expect(() => trainTestSplit(rows(10), { train: 0.05, random })).toThrow(
    'trainTestSplit: of 10 rows 0 would be for training and 10 for testing',
  );
  expect(() => trainTestSplit(rows(10), { test: 0.6, train: 0.6, random })).toThrow(
    'trainTestSplit: 6 rows for training and 6 for testing are more than the 10 rows of the data. Make one part smaller.',
  );
});

test('proportions that cannot be kept are refused', () => {
  const classes = (...labels: number[]) => ({ x: arange(labels.length), y: tensor(labels, { dtype: 'int32' }) });
  expect(() => trainTestSplit(classes(0, 0, 0, 1), { random, stratify: true })).toThrow(
    'trainTestSplit: to be in both parts a class needs 2 rows, but class 1 has 1. Add rows of it, or leave out stratify.',
  );
  expect(() => trainTestSplit(classes(0, 0, 0, 1, 1, 2, 2), { test: 2, random, stratify: true })).toThrow(
    'trainTestSplit: each part must have room for 3 classes, but the smaller one has 2 rows. Make it larger, or leave out stratify.',
  );
  expect(() => trainTestSplit(classes(0, 0, 1, 1), { shuffle: false, stratify: true })).toThrow(
    'trainTestSplit: stratify shuffles the rows of each class and cannot keep their order. Leave out shuffle: false, or stratify.',
  );
  expect(() =>
    trainTestSplit(
      {
        x: arange(2),
        y: tensor([
          [1, 0],
          [0, 1],
        ]),
      },
      { random, stratify: true },
    ),
  ).toThrow(
    'trainTestSplit: to tell the classes apart, y must hold one int32 class index per row, got float32 of rank 2. For one-hot rows write y.argmax(1).',
  );
});

test('a refusal draws nothing', () => {
  const fresh = randomState(7);
  expect(() => trainTestSplit(rows(10), { test: 0, random: fresh })).toThrow('test');
  expect(fresh.uniform([1]).item()).toBe(randomState(7).uniform([1]).item());
});
