import { describe, expect, test } from 'vitest';
import { convolve, gradients, tensor, type Tensor, vmap, watch, zeros } from './index.ts';

const row = (...values: number[]): Tensor => tensor([[values]]) as Tensor;

describe('convolve', () => {
  test('sums the products of a filter and each window', () => {
    // 1 · 1 + 10 · 2, 1 · 2 + 10 · 3, 1 · 3 + 10 · 4
    expect(String(convolve(row(1, 2, 3, 4), row(1, 10)))).toBe('[[[21. 32. 43.]]]');
  });

  test('moves by strides, through windows with gaps, and over zeros', () => {
    const x = row(1, 2, 3, 4, 5);
    expect(convolve(x, row(1, 10), { strides: [2] }).toArray()).toEqual([[[21, 43]]]);
    expect(convolve(x, row(1, 10), { dilations: [3] }).toArray()).toEqual([[[41, 52]]]);
    expect(convolve(x, row(1, 10), { padding: [[2, 1]] }).toArray()).toEqual([[[0, 10, 21, 32, 43, 54, 5]]]);
  });

  test('adds channels up, and keeps groups apart', () => {
    const x = tensor([[[1, 2], [3, 4]]]) as Tensor; // prettier-ignore
    expect(convolve(x, tensor([[[1], [10]]]) as Tensor).toArray()).toEqual([[[31, 42]]]);
    expect(convolve(x, tensor([[[1]], [[10]]]) as Tensor, { groups: 2 }).toArray()).toEqual([[[1, 2], [30, 40]]]); // prettier-ignore
  });

  test('has no axes but samples and channels, too: then it is a product of matrices', () => {
    const x = tensor([[1, 2], [3, 4]]) as Tensor; // prettier-ignore
    const filters = tensor([[1, 10], [0, 1], [1, 1]]) as Tensor; // prettier-ignore
    expect(convolve(x, filters).toArray()).toEqual(x.matmul(filters.T as Tensor).toArray());
  });

  test('has the gradients of its sums', () => {
    const [x, filters] = [watch(row(1, 2, 3, 4)), watch(row(1, 10))];
    const found = gradients(convolve(x, filters).sum(), { x, filters });
    expect(found.x.toArray()).toEqual([[[1, 11, 11, 10]]]);
    expect(found.filters.toArray()).toEqual([[[6, 9]]]);
  });

  test('convolves every entry of vmap, with filters of its own or the same', () => {
    const xs = tensor([[[[1, 2, 3]]], [[[4, 5, 6]]]]) as Tensor;
    const filters = tensor([[[[1, 10]]], [[[1, 100]]]]) as Tensor;
    expect(vmap(convolve, [0, 0, null])(xs, filters, {}).toArray()).toEqual([[[[21, 32]]], [[[504, 605]]]]);
    expect(vmap((x: Tensor) => convolve(x, row(1, 10)))(xs).toArray()).toEqual([[[[21, 32]]], [[[54, 65]]]]);
    expect(vmap((w: Tensor) => convolve(row(1, 2, 3), w))(filters).toArray()).toEqual([[[[21, 32]]], [[[201, 302]]]]);
  });

  test('refuses shapes and options that do not fit', () => {
    const x: Tensor = zeros([2, 3, 5]);
    expect(() => convolve(x, zeros([4, 3]))).toThrow(
      'convolve: expected x of shape [N, channels, ...] and filters with as many axes, got [2, 3, 5] and [4, 3]. ' +
        'Reshape one of them.',
    );
    expect(() => convolve(x, zeros([4, 2, 1]))).toThrow(
      'convolve: 3 channels in 1 groups do not fit filters of shape [4, 2, 1]. ' +
        'The filters need 3 / 1 channels, and a number that 1 divides.',
    );
    expect(() => convolve(x, zeros([4, 3, 6]))).toThrow(
      'convolve: filters of shape [4, 3, 6] are larger than x of shape [2, 3, 5], zeros included. ' +
        'Give x at least the lengths [6] behind its channels, or more padding.',
    );
    expect(() => convolve(x, zeros([4, 3, 1]), { strides: [1, 1] })).toThrow(
      'convolve: strides must be one positive integer for each of 1 axes, got [1, 1]. Write one number per axis behind the ' +
        'channels.',
    );
    expect(() => convolve(x, zeros([4, 3, 1]), { padding: [[0, -1]] })).toThrow(
      'convolve: padding must be one non-negative integer for each of 1 axes, got [-1].',
    );
    expect(() => convolve(x, zeros([4, 3, 1]), { stride: [1] } as never)).toThrow(
      "Unknown option 'stride' of convolve.",
    );
  });
});
