import { expect, test } from 'vitest';
import { duration, figure, table } from './table.ts';

test('a table is aligned Markdown; titles that begin with a space are over numbers', () => {
  expect(
    table(
      ['who', ' time'],
      [
        ['a', '1.5 s'],
        ['longer', '10 s'],
      ],
    ),
  ).toBe(['| who    |  time |', '|--------|------:|', '| a      | 1.5 s |', '| longer |  10 s |'].join('\n'));
});

test('a table without rows has its header', () => {
  expect(table(['a', ' b'], [])).toBe('| a | b |\n|---|--:|');
});

test.each([
  [0, '0'],
  [0.04123, '0.0412'],
  [1.254, '1.25'],
  [41.23, '41.2'],
  [412.3, '412'],
  [4123.4, '4,123'],
  [Infinity, 'Infinity'],
])('%d is written %s', (value, text) => expect(figure(value)).toBe(text));

test.each([
  [4e-7, '0.400 µs'],
  [1.5e-5, '15.0 µs'],
  [0.0021, '2.10 ms'],
  [1.2, '1.20 s'],
])('%d seconds are %s', (seconds, text) => expect(duration(seconds)).toBe(text));
