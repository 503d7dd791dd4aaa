import { arange, randomState, tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { casesOf } from '../test/toy-golden.ts';
import { shuffle } from './shuffle.ts';

test.for(casesOf('shuffle'))('the rows come in the order of scikit-learn: $config', ({ config, outputs }) => {
  const rows = arange(config['n_samples'] as number);
  const { x } = shuffle({ x: rows, y: rows }, { random: randomState(config['random_state'] as number) });
  expect(Array.from(x.data)).toEqual(outputs['indices']!.data);
});

test('x and y stay together, and the data stays as it was', () => {
  const data = {
    x: tensor([
      [0, 0],
      [1, 10],
      [2, 20],
      [3, 30],
    ]),
    y: tensor([0, 1, 2, 3], { dtype: 'int32' }),
  };
  const { x, y } = shuffle(data, { random: randomState(5) });
  expect(y.dtype).toBe('int32');
  expect(x.toArray()).toEqual(Array.from(y.data, (label) => [label, 10 * label]));
  expect(Array.from(data.y.data)).toEqual([0, 1, 2, 3]);
});

test('data that does not belong together is refused', () => {
  const random = randomState(0);
  expect(() => shuffle({ x: arange(3), y: arange(4) }, { random })).toThrow(
    'shuffle: x and y must have equally many rows, got 3 and 4. Check that they belong together.',
  );
  expect(() => shuffle({ x: arange(3), y: tensor(1) }, { random })).toThrow(
    'shuffle: the first axis counts the rows, but y is a scalar. Give it one value per row.',
  );
  expect(() => shuffle({ x: arange(0), y: arange(0) }, { random })).toThrow(
    'shuffle: there must be at least one row, got none. Check how the data was read or selected.',
  );
  expect(() => shuffle({ x: arange(3), y: [1, 2, 3] as never }, { random })).toThrow(
    'shuffle: expected a tensor, got an array. Write tensor(value).',
  );
});
