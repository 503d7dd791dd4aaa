import { arange, randomState } from '@nn/tensor';
import { expect, test } from 'vitest';
import { casesOf } from '../test/toy-golden.ts';
import { kFold } from './k-fold.ts';

test.for(casesOf('KFold'))('the folds are those of scikit-learn: $config', ({ config, outputs }) => {
  const { n_samples, n_splits, shuffle, random_state } = config as unknown as Config;
  const rows = arange(n_samples);
  const order = shuffle ? { random: randomState(random_state) } : ({ shuffle: false } as const);
  const folds = [...kFold({ x: rows, y: rows }, { folds: n_splits, ...order })];
  expect(folds).toHaveLength(n_splits);
  for (const [fold, { train, test: held }] of folds.entries()) {
    const expected = outputs[`test_${fold}`]!.data!;
    expect(Array.from(held.x.data)).toEqual(expected);
    expect(Array.from(train.x.data)).toEqual(Array.from(rows.data).filter((row) => !expected.includes(row)));
    expect(held.y.data).toEqual(held.x.data);
  }
});

interface Config {
  readonly n_samples: number;
  readonly n_splits: number;
  readonly shuffle: boolean;
  readonly random_state: number;
}

test('going through the folds twice gives the same folds', () => {
  const folds = kFold({ x: arange(9), y: arange(9) }, { folds: 3, random: randomState(0) });
  const held = () => Array.from(folds, (fold) => String(fold.test.x));
  expect(held()).toEqual(held());
});

test('folds that do not fit are refused at the call', () => {
  const data = { x: arange(5), y: arange(5) };
  for (const folds of [1, 6, 2.5, NaN]) {
    expect(() => kFold(data, { folds, shuffle: false })).toThrow(
      `kFold: folds must be an integer from 2 to 5, the number of rows, got ${folds}. Five or ten are usual.`,
    );
  }
});
