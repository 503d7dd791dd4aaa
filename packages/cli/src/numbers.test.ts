import { expect, test } from 'vitest';
import { bytes, duration, integer, percent, significant } from './numbers.ts';

test('numbers are printed with their significant digits', () => {
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

test('integers are grouped, fractions are percentages, sizes and times have units', () => {
  expect(integer(10_000)).toBe('10,000');
  expect(percent(0.98333)).toBe('98.3 %');
  expect([512, 1000, 1930, 4_506_200, 2.5e9, 1e13].map(bytes)).toEqual([
    '512 bytes',
    '1.0 kB',
    '1.9 kB',
    '4.5 MB',
    '2.5 GB',
    '10000.0 GB',
  ]);
  expect([7.6, 125, -1].map(duration)).toEqual(['8 s', '2 min 5 s', '0 s']);
});
