import { describe, expect, test } from 'vitest';
import type { Tensor } from '../tensor.ts';
import { multinomial } from './discrete.ts';
import { randomState } from './mersenne.ts';
import { generator } from './pcg64.ts';
import { choice } from './permutation.ts';

const makers = [
  ['randomState', randomState],
  ['generator', generator],
] as const;

/** Each way to hand probabilities to a generator. */
const uses: readonly (readonly [string, (probabilities: ArrayLike<number>, seed: number) => number[]])[] =
  makers.flatMap(([name, make]) => [
    [
      `choice with ${name}`,
      (probabilities: ArrayLike<number>, seed: number) => [
        ...choice(make(seed), probabilities.length, { shape: [5], probabilities }).data,
      ],
    ] as const,
    [
      `choice without replacement with ${name}`,
      (probabilities: ArrayLike<number>, seed: number) => [
        ...choice(make(seed), probabilities.length, { shape: [2], replace: false, probabilities }).data,
      ],
    ] as const,
    [
      `multinomial with ${name}`,
      (probabilities: ArrayLike<number>, seed: number) => [
        ...multinomial(make(seed), [2], { trials: 9, probabilities }).data,
      ],
    ] as const,
  ]);

describe.each(uses)('%s', (_, draw) => {
  test('takes what a float32 softmax returns', () => {
    const exponentials = randomState(1).normal([300, 9], { standardDeviation: 3 }).exp();
    const rows = exponentials.div(exponentials.sum(1, { keepdims: true }));
    const off = Array.from({ length: 300 }, (__, row) => {
      const probabilities = (rows.slice(row) as Tensor).data;
      expect(probabilities).toBeInstanceOf(Float32Array);
      expect(draw(probabilities, row).every((value) => Number.isInteger(value))).toBe(true);
      return Math.abs([...probabilities].reduce((sum, one) => sum + one, 0) - 1);
    });
    // Most sums are farther from 1 than doubles may be: the test is about what it says.
    expect(off.filter((one) => one > 1.5e-8).length).toBeGreaterThan(150);
  });

  test('lets the sum of float32 numbers be off by the root of their epsilon, and that of doubles by theirs', () => {
    const refusal = /the probabilities must add up to 1, got [01]\.\d+\. Divide each by their sum\./;
    for (const sign of [1, -1]) {
      expect(() => draw(new Float32Array([0.5, 0.5 + sign * 3.4e-4]), 0)).not.toThrow();
      expect(() => draw(new Float32Array([0.5, 0.5 + sign * 3.6e-4]), 0)).toThrow(refusal);
      expect(() => draw([0.5, 0.5 + sign * 1.4e-8], 0)).not.toThrow();
      expect(() => draw([0.5, 0.5 + sign * 1.6e-8], 0)).toThrow(refusal);
      expect(() => draw(new Float64Array([0.5, 0.5 + sign * 1.6e-8]), 0)).toThrow(refusal);
    }
  });
});

test.each(makers)('what rounding left over of the probabilities falls to no class: multinomial with %s', (_, make) => {
  for (const rest of [-3e-4, 3e-4]) {
    const counts = multinomial(make(3), [200], { trials: 1000, probabilities: new Float32Array([0.5, 0.5 + rest, 0]) });
    expect([...(counts.sum(1) as Tensor).data]).toEqual(Array.from({ length: 200 }, () => 1000));
    // A class of probability 0 that took the rest would get 60 things here.
    expect([...(counts.sum(0) as Tensor).data][2]).toBe(0);
    expect(Math.min(...counts.data)).toBe(0);
  }
});
