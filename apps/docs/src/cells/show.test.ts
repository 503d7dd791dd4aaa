import { inspect } from 'node:util';
import { tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { show } from './show.ts';

test('formats a tensor as NumPy prints it, and leaves strings unchanged', () => {
  expect(show('loss', tensor([[1, 2.5]]), tensor(3))).toBe('loss [[1.  2.5]] 3.0');
});

test.each([1, -0, Number.NaN, true, null, undefined, 10n, [], [1, 2], ['a', [true]], {}, { a: 1, b: ['x'] }])(
  'formats %s as Node’s console does',
  (value) => {
    expect(show(value)).toBe(inspect(value));
  },
);

test('formats an error as its name and message', () => {
  expect(show(new RangeError('too large'))).toBe('RangeError: too large');
});
