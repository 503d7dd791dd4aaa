import { describe, expect, test } from 'vitest';
import {
  compile,
  gradients,
  overlapAdd,
  type Shape,
  ShapeError,
  slidingWindows,
  tensor,
  type Tensor,
  watch,
} from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { integerTensor } from './integers.ts';

/** A convolution of NCHW images by its definition, number by number. */
function convolved(x: Tensor, w: Tensor, stride: number, dilation: number): number[] {
  const [n, c, h, width] = x.shape as [number, number, number, number];
  const [o, , kh, kw] = w.shape as [number, number, number, number];
  const [rows, columns] = [h - (kh - 1) * dilation, width - (kw - 1) * dilation].map((room) =>
    Math.ceil(room / stride),
  ) as [number, number];
  const [xs, ws] = [x.data, w.data];
  const result: number[] = [];
  for (let image = 0; image < n; image++)
    for (let out = 0; out < o; out++)
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++) {
          let sum = 0;
          for (let channel = 0; channel < c; channel++)
            for (let di = 0; di < kh; di++)
              for (let dj = 0; dj < kw; dj++) {
                const at =
                  ((image * c + channel) * h + i * stride + di * dilation) * width + j * stride + dj * dilation;
                sum += xs[at]! * ws[((out * c + channel) * kh + di) * kw + dj]!;
              }
          result.push(sum);
        }
  return result;
}

/** The same by windows and a product. */
function convolution(x: Tensor, w: Tensor, stride: number, dilation: number): Tensor {
  const [o, c, kh, kw] = w.shape as [number, number, number, number];
  const options = { strides: [stride, stride], dilations: [dilation, dilation] };
  const windows = slidingWindows(x, [2, 3], [kh, kw], options).permute([0, 1, 4, 5, 2, 3]) as Tensor;
  const [n, , , , rows, columns] = windows.shape as [number, number, number, number, number, number];
  const flat: Tensor = windows.reshape([n, c * kh * kw, rows * columns]);
  return (w.reshape([o, -1]) as Tensor).matmul(flat).reshape([n, o, rows, columns]);
}

const cases: readonly (readonly [Shape, Shape, number, number])[] = [
  [[1, 1, 5, 5], [1, 1, 3, 3], 1, 1],
  [[2, 3, 6, 7], [4, 3, 3, 2], 1, 1],
  [[2, 2, 9, 8], [3, 2, 3, 3], 2, 1],
  [[3, 2, 9, 9], [2, 2, 2, 3], 1, 2],
  [[1, 2, 5, 40], [3, 2, 1, 5], 3, 2],
  [[130, 1, 4, 4], [2, 1, 3, 3], 1, 1],
];

describe('convolutions of windows', () => {
  test.each(cases)(
    'of images %j by %j, stride %d, dilation %d, are those of the definition',
    (image, kernel, stride, dilation) => {
      const [x, w] = [integerTensor(image, 1, 'float32'), integerTensor(kernel, 2, 'float32')];
      expect([...convolution(x, w, stride, dilation).data]).toEqual(convolved(x, w, stride, dilation));
    },
  );

  test.each(cases)(
    'of images %j by %j have the same gradients eager and compiled',
    (image, kernel, stride, dilation) => {
      const step = (x: Tensor, w: Tensor): readonly Tensor[] => {
        const [a, b] = [watch(x), watch(w)];
        const y = convolution(a, b, stride, dilation);
        return gradients(y.mul(y).sum(), [a, b]);
      };
      for (const dtype of ['float32', 'float64', 'int32'] as const) {
        const args = [integerTensor(image, 1, dtype), integerTensor(kernel, 2, dtype)] as const;
        const run = dtype === 'int32' ? (x: Tensor, w: Tensor) => [convolution(x, w, stride, dilation)] : step;
        const expected = run(...args).map((one) => [...one.data]);
        for (const backend of [reference, wasm, wasm({ deterministic: true })]) {
          expect(compile(run, backend)(...args).map((one) => [...one.data])).toEqual(expected);
        }
      }
    },
  );
});

describe('sliding windows', () => {
  test('share the numbers of their tensor', () => {
    const x = tensor([1, 2, 3, 4, 5]) as Tensor;
    expect(slidingWindows(x, [0], [2], { strides: [2], dilations: [2] }).toArray()).toEqual([
      [1, 3],
      [3, 5],
    ]);
  });

  test('count how often an element is seen, in the gradient of their sum', () => {
    const x = watch(tensor([1, 2, 3, 4, 5])) as Tensor;
    expect(gradients(slidingWindows(x, [0], [3]).sum(), x).toArray()).toEqual([1, 2, 3, 2, 1]);
  });

  test.each([
    [() => slidingWindows(tensor([1, 2]) as Tensor, [0], [3]), 'spans 3, but axis 0 of [2] has size 2'],
    [() => slidingWindows(tensor([1, 2]) as Tensor, [0], [0]), 'sizes must be one positive integer'],
    [() => slidingWindows(tensor([1, 2]) as Tensor, [1], [1]), 'there is no axis 1'],
    [() => slidingWindows(tensor([[1]]) as Tensor, [0, 0], [1, 1]), 'each axis may be given once'],
    [
      () => slidingWindows(tensor([1, 2]) as Tensor, [0], [1], { strides: [1, 1] }),
      'strides must be one positive integer',
    ],
  ])('that do not fit are refused', (call, message) => {
    expect(call).toThrow(ShapeError);
    expect(call).toThrow(message);
  });
});

describe('overlapAdd', () => {
  test('counts in how many windows each element is', () => {
    const ones = tensor([1, 1, 1, 1, 1, 1]).reshape([3, 2]) as Tensor;
    expect(overlapAdd(ones, [4], [0]).toArray()).toEqual([1, 2, 2, 1]);
    expect(overlapAdd(ones, [6], [0], { strides: [2] }).toArray()).toEqual([1, 1, 1, 1, 1, 1]);
    expect(overlapAdd(ones, [5], [0], { dilations: [2] }).toArray()).toEqual([1, 1, 2, 1, 1]);
  });

  test('has windows of its gradient, and is the same compiled', () => {
    const x = integerTensor([2, 3, 4, 2], 1);
    const sum = (given: Tensor): Tensor => overlapAdd(given, [2, 3, 5], [2]);
    expect(compile(sum, wasm)(x).toArray()).toEqual(sum(x).toArray());
    const given = watch(x);
    const g = integerTensor([2, 3, 5], 2);
    expect(gradients(sum(given).mul(g).sum(), given).toArray()).toEqual(slidingWindows(g, [2], [2]).toArray());
  });

  test('refuses windows of another shape', () => {
    expect(() => overlapAdd(tensor([[1, 2]]), [4], [0])).toThrow(
      new ShapeError(
        'overlapAdd: windows of [4] have shape [3, 2], got [1, 2]. Give the shape that the windows are taken from.',
      ),
    );
    expect(() => overlapAdd(tensor([[1, 2]]), [2], [1])).toThrow(ShapeError);
    expect(() => overlapAdd(tensor([[1, 2]]), [2], [0], { stride: [1] } as never)).toThrow("Unknown option 'stride'");
  });
});
