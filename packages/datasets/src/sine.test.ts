import { generator } from '@nn/tensor';
import { expect, test } from 'vitest';
import { expectSummary, nnfsCases } from '../test/nnfs-golden.ts';
import { sine } from './sine.ts';

test.for(nnfsCases('sine', 'float64'))('$name is nnfs in float64', ({ samples, X, y }) => {
  const data = sine({ samples, dtype: 'float64' });
  expectSummary(data.x, X, 'float64');
  expectSummary(data.y, y, 'float64');
});

test.for(nnfsCases('sine', 'float64'))('$name in float32 is the same, rounded', ({ samples, X, y }) => {
  const data = sine({ samples });
  expect([data.x.dtype, data.y.dtype]).toEqual(['float32', 'float32']);
  expectSummary(data.x, X, 'float32');
  expectSummary(data.y, y, 'float32');
});

test('without options there are a thousand points', () => {
  expect(sine().x.shape).toEqual([1000, 1]);
});

test('a quarter of the period is the top', () => {
  expect(sine({ samples: 4 }).y.data[1]).toBe(1);
});

test('noise strays y by its standard deviation, and x not at all', () => {
  const plain = sine({ samples: 20_000, dtype: 'float64' });
  const noisy = sine({ samples: 20_000, noise: 0.1, random: generator(1), dtype: 'float64' });
  expect(noisy.x.toArray()).toEqual(plain.x.toArray());
  expect(noisy.y.sub(plain.y).std().item()).toBeCloseTo(0.1, 2);
});

test('noise needs a generator', () => {
  expect(() => sine({ noise: 0.1 })).toThrow(
    'sine: random must be a generator, got none. Write random: randomState(0)',
  );
  expect(() => sine({ noise: -1, random: generator(0) })).toThrow(
    'sine: noise must be a finite number, at least 0, got -1.',
  );
});
