import { describe, expect, test } from 'vitest';
import { heldAfter } from './held-after.ts';

describe('memory', () => {
  test.each([
    ['200,000 eager training steps', 200_000, false],
    ['1,000,000 compiled training steps', 1_000_000, true],
  ])('%s leave it where it was', (_, steps, compiled) => {
    const held = heldAfter(steps, compiled);
    // The first tenth warms up; after it nothing may be held per step: two bytes each would show.
    expect(Math.max(...held.slice(1)) - held[1]!).toBeLessThan(steps);
  });
});
