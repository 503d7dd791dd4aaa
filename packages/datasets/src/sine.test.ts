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
