import { describe, expect, test } from 'vitest';
import { memoryUse } from './memory-use.ts';

describe('memory', () => {
  test.each([
    { steps: 200_000, stepping: 'eager' },
    { steps: 1_000_000, stepping: 'compiled' },
    { steps: 1_000_000, stepping: 'compiled in hundreds' },
  ] as const)('$steps training steps, $stepping, leave it where it was', ({ steps, stepping }) => {
    const held = memoryUse(steps, stepping);
    // The first tenth is warm-up. After it no memory may be kept per step: two bytes per step would exceed the limit.
    expect(Math.max(...held.slice(1)) - held[1]!).toBeLessThan(steps);
  });
});
