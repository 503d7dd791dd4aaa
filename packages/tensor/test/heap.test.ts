import { describe, expect, test } from 'vitest';
import { heldAfter } from './held-after.ts';

// What twenty thousand steps may add after the first two thousand, in bytes: five per step. The slow suite goes further.
const steps = 20_000;
const allowed = 5 * steps;
const growth = (held: readonly number[]): number => held.at(-1)! - held[1]!;

describe('memory', () => {
  test.each(['eager', 'compiled', 'by hundreds'] as const)(
    'stays where it was over thousands of training steps, %s',
    (stepping) => {
      expect(growth(heldAfter(steps, stepping))).toBeLessThan(allowed);
    },
  );

  test('grows when every loss is kept, and this shows', () => {
    expect(growth(heldAfter(steps / 10, 'eager', true))).toBeGreaterThan(allowed);
  });
});
