import { expect, test } from 'vitest';
import { bytes, duration, percent, significant, whole } from './numbers.ts';

test('numbers are printed with the digits that matter', () => {
  expect([0.051234, 1.0986068, 12.5, 0.00001234, 1e7, 0, NaN].map(significant)).toEqual([
    '0.05123',
    '1.099',
    '12.50',
    '1.23e-5',
    '1.00e+7',
    '0',
    'NaN',
  ]);
});

test('counts are grouped, shares are percents, sizes and times have units', () => {
  expect(whole(10_000)).toBe('10,000');
  expect(percent(0.98333)).toBe('98.3 %');
  expect([512, 1930].map(bytes)).toEqual(['512 bytes', '1.9 kB']);
  expect([7.6, 125, -1].map(duration)).toEqual(['8 s', '2 min 5 s', '0 s']);
});
