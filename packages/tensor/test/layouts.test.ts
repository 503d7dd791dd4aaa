import { describe, expect, test } from 'vitest';
import { type DType, type Tensor, tensor } from '../src/index.ts';
import type { Operation } from '../src/operation.ts';
import { operations } from '../src/operations/index.ts';
import { apply } from '../src/tensor.ts';
import { tensorWithLayout, type Layout, layouts, repeated, repeatedAxis } from './layouts.ts';
import { convertTo, type Sample, type SampleInput, samples } from './samples.ts';

const all = Object.entries(operations) as [keyof typeof operations, Operation][];

/** The result of an operation, or its error message. */
function outcome(operation: Operation, inputs: readonly Tensor[], settings: unknown): unknown {
  try {
    const { shape, dtype, data } = apply(operation, inputs, settings as never);
    return { shape, dtype, numbers: [...data] };
  } catch (error) {
    return String(error);
  }
}

/** The results for inputs in the chosen layouts and for contiguous copies of them. */
function outcomes(operation: Operation, sample: Sample, chosen: readonly Layout[], dtype: DType): [unknown, unknown] {
  const shown = sample.inputs.map((input, index) => {
    const layout = chosen[index % chosen.length]!;
    const own = input.dtype ?? dtype;
    const values = input.dtype ? input : convertTo(dtype, input);
    const axis =
      layout === 'broadcast'
        ? repeatedAxis(input, { inputs: [], ...(sample.repeat !== undefined ? { repeat: sample.repeat } : {}) })
        : undefined;
    return { own, layout, axis, input: axis === undefined ? values : repeated(values, axis) };
  });
  const viewed = shown.map(({ own, layout, axis, input }) => tensorWithLayout(input, own, layout, axis));
  const copies = shown.map(({ own, input }) => tensorWithLayout(input, own, 'contiguous', undefined));
  return [outcome(operation, viewed, sample.settings), outcome(operation, copies, sample.settings)];
}

describe.each(all)('%s gives the same bits', (name, operation) => {
  describe.each(['float64', 'float32', 'int32', 'bool'] as const)('in %s,', (dtype) => {
    test.each(layouts)('for inputs in the layout %s', (layout) => {
      const pairs = samples[name].map((sample) => outcomes(operation, sample, [layout], dtype));
      expect(pairs.map(([viewed]) => viewed)).toEqual(pairs.map(([, copied]) => copied));
    });

    test('for inputs in different layouts', () => {
      const pairs = samples[name].flatMap((sample) =>
        layouts.flatMap((first) =>
          layouts.map((second) => outcomes(operation, sample, [first, second, 'transposed'], dtype)),
        ),
      );
      expect(pairs.map(([viewed]) => viewed)).toEqual(pairs.map(([, copied]) => copied));
    });
  });
});

describe('the layouts', () => {
  const input: SampleInput = { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] };

  test.each(layouts.filter((layout) => layout !== 'broadcast'))('%s holds the given values', (layout) => {
    expect(tensorWithLayout(input, 'float32', layout, undefined).toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test('broadcast repeats the first elements along its axis', () => {
    expect(tensorWithLayout(repeated(input, 0), 'float32', 'broadcast', 0).toArray()).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(tensorWithLayout(repeated(input, 1), 'float32', 'broadcast', 1).toArray()).toEqual([
      [1, 1, 1],
      [4, 4, 4],
    ]);
  });

  test('find an operation that reads its input wrongly', () => {
    // A view that ignores the strides of its input.
    const planted: typeof operations.permute = {
      ...operations.permute,
      view: (from, _, { axes }) => ({ ...from, strides: axes.map((axis) => [3, 1][axis]!) }),
    };
    const settings = { axes: [1, 0] };
    const right = { shape: [3, 2], dtype: 'float32', numbers: [1, 4, 2, 5, 3, 6] };
    expect(outcome(planted, [tensorWithLayout(input, 'float32', 'contiguous', undefined)], settings)).toEqual(right);
    for (const layout of ['transposed', 'sliced', 'stepped', 'reversed'] as const) {
      expect(outcome(planted, [tensorWithLayout(input, 'float32', layout, undefined)], settings)).not.toEqual(right);
    }
  });
});

test('axes of length 1 are added and removed without a copy', () => {
  const x = tensor([1, 2, 3, 4, 5, 6]).reshape([2, 3]).T;
  const { array } = x.numbers();
  expect(x.expandDims(0).numbers().array).toBe(array);
  expect(x.expandDims(1).expandDims(-1).squeeze().numbers().array).toBe(array);
  expect(x.slice([], 1).numbers().array).toBe(array);
  expect(x.expandDims(1).toArray()).toEqual([[[1, 4]], [[2, 5]], [[3, 6]]]);
  expect(x.slice([], 1).toArray()).toEqual([4, 5, 6]);
  expect(x.reshape([2, 3]).toArray()).toEqual([
    [1, 4, 2],
    [5, 3, 6],
  ]);
});

/** Integers without a pattern; their sums are exact in float32. */
const integers = (shape: readonly number[]): SampleInput => {
  const size = shape.reduce((product, length) => product * length, 1);
  return { shape, values: Array.from({ length: size }, (_, at) => ((at * 7919) % 23) - 11) };
};

describe('long and irregular lengths', () => {
  // Lengths around the blocks that kernels work in: 4, 8, 128, 1024.
  const shapes = [[1], [7], [8], [9], [127], [128], [129], [1025], [3, 1030], [1030, 3], [2, 260, 3], [2049, 2]];

  test.each(shapes.map((shape) => ({ shape })))(
    'sums, extrema and their indices of shape $shape are right along every axis',
    ({ shape }) => {
      const input = integers(shape);
      for (const layout of layouts) {
        if (layout === 'broadcast') continue;
        const x = tensorWithLayout(input, 'float32', layout, undefined);
        for (const axis of shape.keys()) {
          // One result per index of the other axes, computed in a loop over all elements.
          const before = shape.slice(0, axis).reduce((product, length) => product * length, 1);
          const after = shape.slice(axis + 1).reduce((product, length) => product * length, 1);
          const lines = Array.from({ length: before * after }, (_, line) =>
            Array.from(
              { length: shape[axis]! },
              (_, at) => input.values[(Math.floor(line / after) * shape[axis]! + at) * after + (line % after)]!,
            ),
          );
          const largest = lines.map((line) => Math.max(...line));
          expect([...x.sum(axis).data]).toEqual(lines.map((line) => line.reduce((sum, value) => sum + value, 0)));
          expect([...x.max(axis).data]).toEqual(largest);
          expect([...x.min(axis).data]).toEqual(lines.map((line) => Math.min(...line)));
          expect([...x.argmax(axis).data]).toEqual(lines.map((line, at) => line.indexOf(largest[at]!)));
        }
        expect(x.sum().item()).toBe(input.values.reduce((sum, value) => sum + value, 0));
      }
    },
  );

  test('matrix products of every small size are right in every layout', () => {
    for (const m of [1, 2, 3, 5]) {
      for (const k of [1, 2, 7, 33]) {
        for (const n of [1, 2, 3, 4, 5, 8, 9]) {
          const [left, right] = [
            integers([m, k]),
            { ...integers([k, n]), values: integers([k, n]).values.toReversed() },
          ];
          const product = Array.from({ length: m * n }, (_, at) => {
            const [row, column] = [Math.floor(at / n), at % n];
            let sum = 0;
            for (let step = 0; step < k; step++) sum += left.values[row * k + step]! * right.values[step * n + column]!;
            return sum;
          });
          for (const layout of ['contiguous', 'transposed', 'sliced', 'stepped', 'reversed'] as const) {
            for (const dtype of ['float32', 'float64', 'int32'] as const) {
              const [a, b] = [
                tensorWithLayout(left, dtype, layout, undefined),
                tensorWithLayout(right, dtype, layout, undefined),
              ];
              expect([...a.matmul(b).data]).toEqual(product);
            }
          }
        }
      }
    }
  });

  test('each matrix of a broadcast batch is multiplied by the matching one', () => {
    const a = tensor([1, 2, 3, 4, 5, 6, 7, 8]).reshape([2, 1, 2, 2]).expand([2, 3, 2, 2]);
    const b = tensor([1, 0, 0, 1, 2, 0, 0, 2, 0, 1, 1, 0]).reshape([3, 2, 2]);
    expect(a.matmul(b).toArray()).toEqual([
      [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [2, 4],
          [6, 8],
        ],
        [
          [2, 1],
          [4, 3],
        ],
      ],
      [
        [
          [5, 6],
          [7, 8],
        ],
        [
          [10, 12],
          [14, 16],
        ],
        [
          [6, 5],
          [8, 7],
        ],
      ],
    ]);
  });
});
