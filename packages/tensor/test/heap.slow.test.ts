import { describe, expect, test } from 'vitest';
import { heldAfter } from './held-after.ts';

describe('memory', () => {
  test.each([
    { steps: 200_000, stepping: 'eager' },
    { steps: 1_000_000, stepping: 'compiled' },
    { steps: 1_000_000, stepping: 'by hundreds' },
  ] as const)('$steps training steps, $stepping, leave it where it was', ({ steps, stepping }) => {
    const held = heldAfter(steps, stepping);
    // The first tenth warms up; after it nothing may be held per step: two bytes each would show.
    expect(Math.max(...held.slice(1)) - held[1]!).toBeLessThan(steps);
  });
});
