import { compile, gradients, ShapeError, tensor, type Tensor, watch, zeros } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { expect, test } from 'vitest';
import { ctc } from './ctc.ts';

const int32 = { dtype: 'int32' } as const;
const float64 = { dtype: 'float64' } as const;
const even = (steps: number, classes: number): Tensor => zeros([1, steps, classes], float64);

test('is −ln of the number of paths, when all classes are as likely', () => {
  // One label in two steps: aa, a–, –a of 2² paths.
  expect(ctc(even(2, 2), tensor([[1]], int32)).item()).toBeCloseTo(-Math.log(3 / 4), 14);
  // Two labels in three steps: aab, abb, –ab, a–b, ab– of 3³ paths; divided by the two labels.
  expect(ctc(even(3, 3), tensor([[1, 2]], int32)).item()).toBeCloseTo(-Math.log(5 / 27) / 2, 14);
  // The same label twice needs a blank between: a–a.
  expect(ctc(even(3, 2), tensor([[1, 1]], int32), { reduction: 'sum' }).item()).toBeCloseTo(-Math.log(1 / 8), 14);
});

test('of no labels is that of blanks alone', () => {
  const options = { labelLengths: tensor([0], int32), blank: 1 };
  expect(ctc(even(3, 2), tensor([[0]], int32), options).item()).toBeCloseTo(3 * Math.LN2, 14);
});

test('does not read what lies behind the lengths', () => {
  const x = tensor(
    [
      [
        [1, 2, 0],
        [0, 1, 3],
        [5, -9, 7],
      ],
    ],
    float64,
  );
  const lengths = { inputLengths: tensor([2], int32), labelLengths: tensor([1], int32) };
  const want = ctc(x.slice([], [0, 2]), tensor([[2]], int32)).item();
  for (const behind of [-1, 0, 77]) expect(ctc(x, tensor([[2, behind]], int32), lengths).item()).toBeCloseTo(want, 14);
});

test('of a sequence that is too short is infinite, or 0 with gradient 0', () => {
  const x = watch(even(2, 2));
  const labels = tensor([[1, 1]], int32);
  expect(ctc(x, labels).item()).toBe(Infinity);
  const loss = ctc(x, labels, { zeroInfinity: true });
  expect([loss.item(), ...gradients(loss, x).data].map(Math.abs)).toEqual([0, 0, 0, 0, 0]);
});

test('is finite for logits of 1e4, and so is its gradient', () => {
  const x = watch(
    tensor([
      [
        [1e4, 0],
        [0, 1e4],
      ],
    ]),
  );
  const loss = ctc(x, tensor([[1]], int32));
  expect([loss.item(), gradients(loss, x).data.every(Number.isFinite)]).toEqual([0, true]);
});

test('refuses labels that are blank or no class, and lengths out of range, compiled too', () => {
  const x = zeros([2, 3, 4]);
  const refusal = (got: number, row: number): RangeError =>
    new RangeError(
      `ctc: labels must be classes 0 … 3 other than the blank, 0, got ${got} in row ${row}. ` +
        'Give labelLengths where sequences are padded.',
    );
  expect(() => ctc(x, tensor([[1], [0]], int32))).toThrow(refusal(0, 1));
  expect(() => ctc(x, tensor([[4], [1]], int32))).toThrow(refusal(4, 0));
  const step = compile((logits: Tensor, labels: Tensor) => ctc(logits, labels), wasm);
  expect(() => step(x, tensor([[1], [0]], int32))).toThrow(refusal(0, 1));
  expect(() => ctc(x, tensor([[1], [1]], int32), { inputLengths: tensor([3, 4], int32) })).toThrow(
    new RangeError(
      'ctc: inputLengths must be between 1 and 3, got 4 in row 1. Count the steps and labels of each sequence.',
    ),
  );
});

test('refuses other shapes, and a blank that is no class', () => {
  expect(() => ctc(zeros([3, 4]), tensor([[1]], int32))).toThrow(ShapeError);
  expect(() => ctc(zeros([3, 1, 4]), tensor([[1]], int32))).toThrow(
    'ctc: logits must have shape [N, steps, classes], with at least one step, and labels [N, labels], got [3, 1, 4] and ' +
      '[1, 1]. Write permute([1, 0, 2]) for [steps, N, classes].',
  );
  expect(() => ctc(zeros([1, 1, 4]), tensor([[1]], int32), { blank: 4 })).toThrow(
    new RangeError('ctc: blank must be a class, 0 … 3, got 4. Leave it out for 0.'),
  );
});
