import { concat, oneHot, pad } from '@nn/tensor';
import { copiedByElement, floats, indicesChecked, matrix, numbers, type Pattern, sumUlps } from './pattern.ts';

const [rows, columns] = matrix;

/** Elements that are read or written in another order: transposed, sliced, padded, gathered, scattered. */
export const arrangements: readonly Pattern[] = [
  {
    name: 'transposed-add',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers([rows, columns]), draw.numbers([columns, rows])],
      tensors: (x, y) => x.T.add(y),
      loops(out, x, y) {
        for (let i = 0; i < columns; i++)
          for (let j = 0; j < rows; j++) out[i * rows + j] = x[j * columns + i]! + y[i * rows + j]!;
      },
    }),
  },
  {
    name: 'permuted-multiply',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([50, 80, 50])],
      tensors: (x) => x.permute([2, 0, 1]).mul(3),
      loops(out, x) {
        for (let i = 0; i < 50; i++)
          for (let j = 0; j < 50; j++)
            for (let k = 0; k < 80; k++) out[(i * 50 + j) * 80 + k] = x[(j * 80 + k) * 50 + i]! * 3;
      },
    }),
  },
  {
    name: 'transposed-sum',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.T.mul(2).sum(1),
      loops(out, x) {
        const sums = new Float64Array(columns);
        for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) sums[j]! += x[i * columns + j]! * 2;
        out.set(sums);
      },
    }),
    ulps: sumUlps,
  },
  {
    name: 'differences',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers([200_001])],
      tensors: (x) =>
        x
          .slice([1])
          .mul(2)
          .sub(x.slice([0, -1]).mul(-1)),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = x[i + 1]! * 2 + x[i]!;
      },
    }),
  },
  {
    name: 'every-second',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.slice([], [null, null, 2]).mul(3),
      loops(out, x) {
        for (let i = 0; i < out.length; i++) out[i] = x[2 * i]! * 3;
      },
    }),
  },
  {
    name: 'flip',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.flip(1).mul(3),
      loops(out, x) {
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) out[i * columns + j] = x[i * columns + columns - 1 - j]! * 3;
      },
    }),
  },
  {
    name: 'pad',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => pad(x, 1).mul(3),
      loops(out, x) {
        const wide = columns + 2;
        out.fill(0);
        for (let i = 0; i < rows; i++)
          for (let j = 0; j < columns; j++) out[(i + 1) * wide + j + 1] = x[i * columns + j]! * 3;
      },
    }),
  },
  {
    name: 'concat-rows',
    dtypes: [...floats, 'bool'],
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers(matrix)],
      tensors: (x, y) => concat([x, y]),
      loops(out, x, y) {
        out.set(x);
        out.set(y, x.length);
      },
    }),
    reasons: { float64: copiedByElement, bool: copiedByElement },
  },
  {
    name: 'concat-columns',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([50_000, 2]), draw.numbers([50_000, 2])],
      tensors: (x, y) => concat([x, y], 1),
      loops(out, x, y) {
        for (let i = 0; i < 50_000; i++) {
          out[4 * i] = x[2 * i]!;
          out[4 * i + 1] = x[2 * i + 1]!;
          out[4 * i + 2] = y[2 * i]!;
          out[4 * i + 3] = y[2 * i + 1]!;
        }
      },
    }),
  },
  {
    name: 'gather-vector',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers([200_000]), draw.indices([200_000], 200_000)],
      tensors: (x, indices) => x.gather(indices, 0),
      loops(out, x, indices) {
        for (let i = 0; i < out.length; i++) out[i] = x[indices[i]!]!;
      },
    }),
  },
  {
    name: 'gather-last-axis',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([2000, 100]), draw.indices([2000, 1], 100)],
      tensors: (x, indices) => x.gather(indices, 1),
      loops(out, x, indices) {
        for (let i = 0; i < 2000; i++) out[i] = x[i * 100 + indices[i]!]!;
      },
    }),
    reasons: { float32: indicesChecked, float64: indicesChecked },
  },
  {
    name: 'take-rows',
    dtypes: [...floats, 'bool'],
    program: (draw) => ({
      inputs: [draw.numbers([2000, 100]), draw.indices([2000], 2000)],
      tensors: (x, indices) => x.take(indices, 0),
      loops(out, x, indices) {
        for (let i = 0; i < 2000; i++) {
          const from = indices[i]! * 100;
          for (let j = 0; j < 100; j++) out[i * 100 + j] = x[from + j]!;
        }
      },
    }),
  },
  {
    name: 'scatter-vector',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers([1000]), draw.indices([200_000], 1000), draw.numbers([200_000])],
      tensors: (x, indices, source) => x.scatterAdd(indices, source, 0),
      loops(out, x, indices, source) {
        out.set(x);
        for (let i = 0; i < source.length; i++) out[indices[i]!]! += source[i]!;
      },
    }),
    // Some 200 numbers are added to each, each sum rounded to the dtype.
    ulps: { float32: 256, float64: 256 },
  },
  {
    name: 'scatter-last-axis',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([2000, 100]), draw.indices([2000, 1], 100), draw.numbers([2000, 1])],
      tensors: (x, indices, source) => x.scatterAdd(indices, source, 1),
      loops(out, x, indices, source) {
        out.set(x);
        for (let i = 0; i < 2000; i++) out[i * 100 + indices[i]!]! += source[i]!;
      },
    }),
    reasons: { float32: indicesChecked, float64: indicesChecked },
  },
  {
    name: 'one-hot',
    dtypes: ['int32'],
    program: (draw) => ({
      inputs: [draw.indices([20_000], 10)],
      tensors: (labels) => oneHot(labels, 10),
      loops(out, labels) {
        out.fill(0);
        for (let i = 0; i < labels.length; i++) out[i * 10 + labels[i]!] = 1;
      },
    }),
    reasons: { int32: 'the plain loop writes one number of each row; compiled compares all classes' },
  },
  {
    name: 'batch-mean-removed',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([50, 80, 50], 1, 2)],
      tensors: (x) => x.div(x.mean([0, 2], { keepdims: true })),
      loops(out, x) {
        const sums = new Float64Array(80);
        for (let i = 0; i < 50; i++)
          for (let j = 0; j < 80; j++) for (let k = 0; k < 50; k++) sums[j]! += x[(i * 80 + j) * 50 + k]!;
        for (let i = 0; i < 50; i++)
          for (let j = 0; j < 80; j++)
            for (let k = 0; k < 50; k++) out[(i * 80 + j) * 50 + k] = x[(i * 80 + j) * 50 + k]! / (sums[j]! / 2500);
      },
    }),
    ulps: sumUlps,
  },
];
