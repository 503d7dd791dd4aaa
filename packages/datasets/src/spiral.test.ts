import { randomState } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { expectSummary, nnfsCases, notebookSpirals } from '../test/nnfs-golden.ts';
import { spiral } from './spiral.ts';

describe.each(['float32', 'float64'] as const)('spiral in %s', (dtype) => {
  test.for(nnfsCases('spiral', dtype))(
    '$name is nnfs draw for draw, and leaves the generator where nnfs does',
    (golden) => {
      const random = randomState(golden.seed!);
      const { samples, classes } = golden;
      // The second call after one seeding is what the notebook tests on.
      if (golden.name.endsWith('second_call')) spiral({ samples, classes: classes!, random, dtype });
      const { x, y } = spiral({ samples, classes: classes!, random, dtype });
      expect(x.dtype).toBe(dtype);
      expectSummary(x, golden.X, dtype);
      expect(y.dtype).toBe('int32');
      expect(Array.from(y.data)).toEqual(
        golden.y.counts!.flatMap((count, label) => new Array<number>(count).fill(label)),
      );
      if (golden.next_random_sample !== undefined) {
        expect(random.uniform([1], { dtype: 'float64' }).item()).toBe(golden.next_random_sample);
      }
    },
  );
});

test.for(notebookSpirals)('cell $cell of the notebook comes out again, to one unit in the last place', (cell) => {
  const random = randomState(cell.seed);
  random.normal([cell.discard_normals_first]);
  const { x, y } = spiral({ samples: 100, classes: 3, random });
  expect(x.shape).toEqual(cell.x.shape);
  const [got, want] = [Array.from(x.data), cell.x.data];
  for (const [at, value] of want.entries()) {
    // One unit in the last place of a float32 is at most 2⁻²³ of the value.
    expect(Math.abs(got[at]! - Math.fround(value)), `element ${at}`).toBeLessThanOrEqual(2 ** -23 * Math.abs(value));
  }
  expect([0, 99, 100, 199, 200, 299].map((row) => y.data[row])).toEqual([0, 0, 1, 1, 2, 2]);
});

test('an arm of one point is its beginning, the origin', () => {
  const { x } = spiral({ samples: 1, classes: 2, random: randomState(0) });
  expect(Array.from(x.data, Math.abs)).toEqual([0, 0, 0, 0]);
});

test('the draws do not depend on the dtype', () => {
  const [single, double] = [randomState(3), randomState(3)];
  spiral({ samples: 7, random: single });
  spiral({ samples: 7, random: double, dtype: 'float64' });
  expect(single.uniform([1]).item()).toBe(double.uniform([1]).item());
});

test('counts that are not positive integers, int32 and a missing generator are refused before anything is drawn', () => {
  const random = randomState(0);
  expect(() => spiral({ samples: 0, random })).toThrow(
    'spiral: samples must be a positive integer, got 0. Round it, or leave it out for the default.',
  );
  expect(() => spiral({ classes: 2.5, random })).toThrow('spiral: classes must be a positive integer, got 2.5.');
  expect(() => spiral({ random, dtype: 'int32' as 'float32' })).toThrow(
    "spiral: the data comes as float32 or float64, got int32. Make one of these and write x.cast('int32').",
  );
  expect(() => spiral({} as { random: typeof random })).toThrow(
    'spiral: random must be a generator, got none. Write random: randomState(0), or another seed.',
  );
  expect(random.uniform([1]).item()).toBe(randomState(0).uniform([1]).item());
});

test('noise 0 leaves the arms smooth, 0.2 is that of nnfs, and both draw the same numbers', () => {
  const randoms = [randomState(3), randomState(3), randomState(3)] as const;
  const smooth = spiral({ samples: 5, noise: 0, random: randoms[0], dtype: 'float64' });
  for (let sample = 0; sample < 5; sample++) {
    const turned = (4 + sample) * 2.5;
    const row = 5 + sample; // the second arm, whose angle runs from 4 to 8 in steps of 1
    expect(smooth.x.data[row * 2]).toBeCloseTo((sample / 4) * Math.sin(turned), 12);
  }
  const usual = spiral({ samples: 5, noise: 0.2, random: randoms[1] });
  expect(usual.x.toArray()).toEqual(spiral({ samples: 5, random: randoms[2] }).x.toArray());
  expect(randoms[0].uniform([1]).item()).toBe(randoms[1].uniform([1]).item());
  expect(() => spiral({ noise: -1, random: randoms[0] })).toThrow(
    'spiral: noise must be a finite number, at least 0, got -1.',
  );
});
