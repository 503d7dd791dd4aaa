import { compile, gradients, ones, ShapeError, tensor, type Tensor, watch, zeros } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { expect, test } from 'vitest';
import { softmaxCrossentropy } from './softmax-crossentropy.ts';

const int32 = { dtype: 'int32' } as const;
const float64 = { dtype: 'float64' } as const;

test('of equal logits is ln of the number of classes', () => {
  expect(softmaxCrossentropy(zeros([2, 5], float64), tensor([0, 4], int32)).item()).toBe(Math.log(5));
});

test('has the gradient softmax − label, divided among the rows', () => {
  const x = watch(zeros([2, 4]));
  expect(gradients(softmaxCrossentropy(x, tensor([0, 3], int32)), x).toArray()).toEqual([
    [-0.375, 0.125, 0.125, 0.125],
    [0.125, 0.125, 0.125, -0.375],
  ]);
});

test('of one-hot labels is that of class indices', () => {
  const x = tensor(
    [
      [1, 2, 3],
      [3, -1, 0.5],
    ],
    float64,
  );
  const byNumber = softmaxCrossentropy(x, tensor([2, 1], int32));
  const oneHot = tensor([
    [0, 0, 1],
    [0, 1, 0],
  ]);
  for (const labels of [oneHot, oneHot.cast('int32'), oneHot.cast('bool')]) {
    expect(softmaxCrossentropy(x, labels).item()).toBe(byNumber.item());
  }
});

test('stays 0, without a sign, where the answer is sure', () => {
  expect(String(softmaxCrossentropy(tensor([[1000, 0]]), tensor([0], int32)))).toBe('0.0');
});

test('counts the rows that are not left out, each by the weight of its class', () => {
  const x = zeros([3, 2], float64);
  const labels = tensor([0, 1, -1], int32);
  const of = (options: object) => softmaxCrossentropy(x, labels, { ignoreIndex: -1, ...options });
  expect(of({ reduction: 'none' }).toArray()).toEqual([Math.LN2, Math.LN2, 0]);
  expect(of({}).item()).toBe(Math.LN2);
  const classWeight = tensor([1, 3], float64);
  expect(of({ classWeight, reduction: 'sum' }).item()).toBeCloseTo(4 * Math.LN2, 14);
  expect(of({ classWeight }).item()).toBeCloseTo(Math.LN2, 14);
});

test('gives a row that is left out no gradient', () => {
  const x = watch(ones([2, 2]));
  const loss = softmaxCrossentropy(x, tensor([0, -100], int32), { ignoreIndex: -100 });
  expect(gradients(loss, x).slice(1).toArray()).toEqual([0, 0]);
});

test('has no mean when every row is left out', () => {
  const left = { ignoreIndex: 5 };
  expect(softmaxCrossentropy(zeros([2, 2]), tensor([5, 5], int32), left).item()).toBeNaN();
  expect(softmaxCrossentropy(zeros([2, 2]), tensor([5, 5], int32), { ...left, reduction: 'sum' }).item()).toBe(0);
});

test('refuses a label that is no class, unless it is the one to leave out', () => {
  const labels = tensor([0, -1, -2], int32);
  expect(() => softmaxCrossentropy(zeros([3, 2]), labels, { ignoreIndex: -1 })).toThrow(
    /^softmaxCrossentropy: row 2 has label -2, but 2 classes are numbered 0 … 1/,
  );
});

// ln(1 + e) = 1.3132616875182228
test('of a class of probability 0 adds 0, also where its logit is −∞', () => {
  const x = watch(tensor([[0, -Infinity, 1]], float64));
  const byIndex = softmaxCrossentropy(x, tensor([0], int32));
  const byProbability = softmaxCrossentropy(x, tensor([[1, 0, 0]]));
  expect([byIndex.item(), byProbability.item()]).toEqual([1.3132616875182228, 1.3132616875182228]);
  expect(gradients(byProbability, x).toArray()).toEqual([
    [expect.closeTo(-0.7310585786300049, 15), 0, expect.closeTo(0.7310585786300049, 15)],
  ]);
  expect(gradients(byIndex, x).toArray()).toEqual(gradients(byProbability, x).toArray());
});

test('of a class of probability 0 adds 0 in a compiled function, too', () => {
  const both = (logits: Tensor, labels: Tensor): [Tensor, Tensor] => {
    const x = watch(logits);
    const loss = softmaxCrossentropy(x, labels);
    return [loss, gradients(loss, x)];
  };
  const [loss, gradient] = compile(both, wasm)(tensor([[0, -Infinity, 1]], float64), tensor([[1, 0, 0]], float64));
  expect(loss.item()).toBeCloseTo(1.3132616875182228, 14);
  expect(gradient.toArray()).toEqual([
    [expect.closeTo(-0.7310585786300049, 14), 0, expect.closeTo(0.7310585786300049, 14)],
  ]);
});

test('of a class of weight 0 adds 0, also where its logit is −∞', () => {
  const x = tensor([[0, -Infinity, 0]], float64);
  const classWeight = tensor([1, 0, 1]);
  expect(softmaxCrossentropy(x, tensor([[0.5, 0.25, 0.25]]), { classWeight }).item()).toBe(0.75 * Math.LN2);
  expect(softmaxCrossentropy(x, tensor([1], int32), { classWeight, reduction: 'sum' }).item()).toBe(0);
});

test('has the gradient −ln softmax by a label, also where the label is 0', () => {
  const labels = watch(tensor([[1, 0]], float64));
  const loss = softmaxCrossentropy(zeros([1, 2], float64), labels);
  expect(gradients(loss, labels).toArray()).toEqual([[Math.LN2, Math.LN2]]);
});

test.each([
  [[5, -1, 0], '-1'],
  [[0.5, 0.25, 0], 'a sum of 0.75'],
  [[0, 0, 0], 'a sum of 0'],
  [[2, 0, 0], 'a sum of 2'],
  [[1, 0, NaN], 'NaN'],
])('refuses a label of %j', (label, got) => {
  expect(() => softmaxCrossentropy(zeros([2, 3]), tensor([[0, 1, 0], label]))).toThrow(
    new RangeError(
      `softmaxCrossentropy: the class probabilities of each label must be at least 0 and add up to 1, got ${got} in ` +
        'row 1. Divide each row by its sum, or give class indices.',
    ),
  );
});

test('takes class probabilities that add up to 1 within 1e-3', () => {
  expect(() => softmaxCrossentropy(zeros([1, 2], float64), tensor([[0.5, 0.5009]], float64))).not.toThrow();
  expect(() => softmaxCrossentropy(zeros([1, 2], float64), tensor([[0.5, 0.5011]], float64))).toThrow(RangeError);
});

test('refuses options that do not fit, and says what does', () => {
  const [x, labels] = [zeros([1, 3]), tensor([0], int32)];
  expect(() => softmaxCrossentropy(x, labels, { classWeight: ones([2]) })).toThrow(
    new ShapeError(
      'softmaxCrossentropy: classWeight must have shape [3], got [2]. Reshape it, or check where it comes from.',
    ),
  );
  expect(() => softmaxCrossentropy(x, x, { ignoreIndex: 0 })).toThrow(
    new TypeError(
      'softmaxCrossentropy: ignoreIndex needs class indices, got class probabilities. Write labels.argmax(-1) for one-hot labels.',
    ),
  );
  for (const labelSmoothing of [-0.1, 1.1, NaN]) {
    expect(() => softmaxCrossentropy(x, labels, { labelSmoothing })).toThrow(
      new RangeError(
        `softmaxCrossentropy: labelSmoothing must be a number from 0 to 1, got ${labelSmoothing}. ` +
          'Leave it out for labels as they are.',
      ),
    );
  }
});
