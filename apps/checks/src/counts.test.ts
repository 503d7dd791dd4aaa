import { expect, test } from 'vitest';
import { addCounts, closingLine, readClosingLine } from './counts.ts';

test('the closing line names skipped checks only when there are some', () => {
  expect(closingLine({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  expect(closingLine({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
});

test('counts are read from the last line only', () => {
  expect(readClosingLine('9 passed, 9 failed\nmore\n4 passed, 1 failed, 2 skipped\n\n')).toEqual({
    passed: 4,
    failed: 1,
    skipped: 2,
  });
  expect(readClosingLine('4 passed, 1 failed\nKilled\n')).toBeUndefined();
  expect(readClosingLine('')).toBeUndefined();
});

test('counts of several suites add up', () => {
  const sum = addCounts({ passed: 1, failed: 2, skipped: 3 }, { passed: 10, failed: 20, skipped: 30 });
  expect(sum).toEqual({ passed: 11, failed: 22, skipped: 33 });
});
