import { randomState } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { expectSummary, nnfsCases } from '../test/nnfs-golden.ts';
import { vertical } from './vertical.ts';

describe.each(['float32', 'float64'] as const)('vertical in %s', (dtype) => {
  test.for(nnfsCases('vertical', dtype))(
    '$name is nnfs draw for draw, and leaves the generator where nnfs does',
    (golden) => {
      const random = randomState(golden.seed!);
      const { x, y } = vertical({ samples: golden.samples, classes: golden.classes!, random, dtype });
      expect(x.dtype).toBe(dtype);
      expectSummary(x, golden.X, dtype);
      expect(Array.from(y.data)).toEqual(
        golden.y.counts!.flatMap((count, label) => new Array<number>(count).fill(label)),
      );
      if (golden.next_random_sample !== undefined) {
        expect(random.uniform([1], { dtype: 'float64' }).item()).toBe(golden.next_random_sample);
      }
    },
  );
});

test('a count that is none is refused', () => {
  expect(() => vertical({ samples: -1, random: randomState(0) })).toThrow(
    'vertical: samples must be a positive integer, got -1. Round it, or leave it out for the default.',
  );
});
