import { fault, goldenCases, unitsApart } from '@nn/golden';
import { gradients, tensor, watch } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import { binaryCrossentropy, categoricalCrossentropy, sigmoidCrossentropy, softmaxCrossentropy } from '../src/index.ts';

interface Tail {
  readonly op: string;
  readonly logits?: number[];
  readonly probabilities?: number[];
  readonly rows?: number[][];
  readonly targets?: number[];
  readonly labels?: number[];
  readonly loss: number[];
  readonly slope?: number[];
}

const tails = goldenCases<Tail>(new URL('../golden/tails.json', import.meta.url));
const tailOf = (name: string): Tail => tails.find(({ op }) => op === name)!;
const none = { reduction: 'none' } as const;
const float64 = { dtype: 'float64' } as const;
const units = (got: ArrayLike<number>, want: readonly number[]): number =>
  Math.max(...want.map((value, at) => unitsApart(got[at]!, value)));

describe('far from 0', () => {
  test('sigmoidCrossentropy is right to 4 units in the last place of float64, and its gradient to 14 digits', () => {
    const tail = tailOf('sigmoidCrossentropy');
    const x = watch(tensor(tail.logits!, float64));
    const losses = sigmoidCrossentropy(x, tensor(tail.targets!, float64), none);
    expect(units(losses.data, tail.loss)).toBeLessThanOrEqual(4);
    const gradient = gradients(losses.sum(), x).data;
    expect(fault(gradient, tail.slope!, { rtol: 0, atol: Number.EPSILON })).toBeUndefined();
    // For a target between 0 and 1 the gradient is the difference of two numbers; for 0 and 1 it keeps its digits.
    const sure = tail.targets!.map((target) => target === 0 || target === 1);
    const kept = { got: gradient.filter((_, at) => sure[at]), want: tail.slope!.filter((_, at) => sure[at]) };
    expect(fault(kept.got, kept.want, { rtol: 1e-14, atol: 1e-300 })).toBeUndefined();
  });

  test('binaryCrossentropy is right to 4 units in the last place of float64', () => {
    const tail = tailOf('binaryCrossentropy');
    const losses = binaryCrossentropy(tensor(tail.probabilities!, float64), tensor(tail.targets!, float64), none);
    expect(units(losses.data, tail.loss)).toBeLessThanOrEqual(4);
  });

  test('softmaxCrossentropy is right to 4 units in the last place of its value, or of 1 where the answer is all but sure', () => {
    const tail = tailOf('softmaxCrossentropy');
    const losses = softmaxCrossentropy(tensor(tail.rows!, float64), tensor(tail.labels!, { dtype: 'int32' }), none);
    expect(fault(losses.data, tail.loss, { rtol: 4 * Number.EPSILON, atol: Number.EPSILON })).toBeUndefined();
  });
});

describe.each(['float32', 'float64'] as const)('losses and gradients are finite in %s', (dtype) => {
  const finite = (values: ArrayLike<number>): boolean => Array.from(values).every(Number.isFinite);

  test('at probabilities 0 and 1, right and wrong', () => {
    const p = watch(tensor([0, 0, 1, 1, 0.5], { dtype }));
    const loss = binaryCrossentropy(p, tensor([0, 1, 0, 1, 0.5], { dtype }), none);
    expect(loss.toArray()).toEqual([0, 100, 100, 0, expect.closeTo(Math.LN2, 6)]);
    expect(finite(gradients(loss.sum(), p).data)).toBe(true);

    const rows = watch(
      tensor(
        [
          [0, 1],
          [1, 0],
        ],
        { dtype },
      ),
    );
    for (const labels of [
      tensor([0, 0], { dtype: 'int32' }),
      tensor(
        [
          [1, 0],
          [1, 0],
        ],
        { dtype },
      ),
    ]) {
      const losses = categoricalCrossentropy(rows, labels, none);
      expect(losses.data[0]).toBeCloseTo(-Math.log(1e-7), 4);
      expect(finite(losses.data)).toBe(true);
      expect(finite(gradients(losses.sum(), rows).data)).toBe(true);
    }
  });

  test('at logits of ±1e4, right and wrong', () => {
    const x = watch(tensor([-1e4, -1e4, 1e4, 1e4], { dtype }));
    const losses = sigmoidCrossentropy(x, tensor([0, 1, 0, 1], { dtype }), none);
    expect(losses.toArray()).toEqual([0, 1e4, 1e4, 0]);
    expect(gradients(losses.sum(), x).toArray()).toEqual([0, -1, 1, 0]);

    const rows = watch(
      tensor(
        [
          [1e4, -1e4],
          [1e4, -1e4],
        ],
        { dtype },
      ),
    );
    const crossentropies = softmaxCrossentropy(rows, tensor([0, 1], { dtype: 'int32' }), none);
    expect(crossentropies.data).toEqual(dtype === 'float32' ? new Float32Array([0, 2e4]) : new Float64Array([0, 2e4]));
    expect(gradients(crossentropies.sum(), rows).toArray()).toEqual([
      [0, 0],
      [1, -1],
    ]);
  });
});
