import { describe, expect, test } from 'vitest';
import { memoryUse } from './memory-use.ts';

// The memory that steps may add after the first tenth: five bytes per step. The slow suite runs more steps.
const steps = 20_000;
const allowed = 5 * steps;
const growth = (used: readonly number[]): number => used.at(-1)! - used[1]!;

describe('memory', () => {
  test.each(['eager', 'compiled', 'compiled in hundreds'] as const)(
    'stays where it was over thousands of training steps, %s',
    (stepping) => {
      expect(growth(memoryUse(steps, stepping))).toBeLessThan(allowed);
    },
  );

  test('a planted leak of every loss is found', () => {
    expect(growth(memoryUse(steps / 10, 'eager', true))).toBeGreaterThan(allowed);
  });
});
