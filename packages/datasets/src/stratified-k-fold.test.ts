import { arange, randomState, tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { labelsOf } from '../test/real-labels.ts';
import { casesOf } from '../test/toy-golden.ts';
import { stratifiedKFold } from './stratified-k-fold.ts';

test.for(casesOf('StratifiedKFold'))('the folds are those of scikit-learn: $config', (golden) => {
  const { n_samples, n_splits, shuffle, random_state } = golden.config as unknown as Config;
  const data = { x: arange(n_samples), y: labelsOf(golden) };
  const order = shuffle ? { random: randomState(random_state) } : ({ shuffle: false } as const);
  const folds = [...stratifiedKFold(data, { folds: n_splits, ...order })];
  expect(folds).toHaveLength(n_splits);
  for (const [fold, { train, test: held }] of folds.entries()) {
    const expected = golden.outputs[`test_${fold}`]!.data!;
    expect(Array.from(held.x.data)).toEqual(expected);
    expect(Array.from(train.x.data)).toEqual(Array.from(data.x.data).filter((row) => !expected.includes(row)));
    expect(Array.from(held.y.data)).toEqual(expected.map((row) => data.y.data[row]));
  }
});

interface Config {
  readonly n_samples: number;
  readonly n_splits: number;
  readonly shuffle: boolean;
  readonly random_state: number;
}

test('a class smaller than the number of folds is missing in some, more folds than any class has rows are refused', () => {
  const data = { x: arange(5), y: tensor([0, 0, 0, 1, 1], { dtype: 'int32' }) };
  const random = randomState(0);
  const ones = Array.from(stratifiedKFold(data, { folds: 3, random }), (fold) => fold.test.y.sum().item());
  expect(ones.toSorted((a, b) => a - b)).toEqual([0, 1, 1]);
  expect(() => stratifiedKFold(data, { folds: 4, random })).toThrow(
    'stratifiedKFold: folds must be an integer from 2 to 3, the rows of the largest class, got 4. Five or ten are usual.',
  );
});
