import type { ComputeDType, TypedArray } from '@nn/tensor';
import { floats, numbers, type Pattern, sumUlps } from './pattern.ts';

/** Products of `count` matrices, c = a · b, in the order i, k, j, which reads rows only. */
function multiply(rows: number, inner: number, columns: number, count = 1) {
  const sums = new Float64Array(columns);
  return (out: TypedArray, a: TypedArray, b: TypedArray): void => {
    for (let i = 0; i < count * rows; i++) {
      const matrix = Math.floor(i / rows);
      sums.fill(0);
      for (let k = 0; k < inner; k++) {
        const factor = a[i * inner + k]!;
        const row = (matrix * inner + k) * columns;
        for (let j = 0; j < columns; j++) sums[j]! += factor * b[row + j]!;
      }
      for (let j = 0; j < columns; j++) out[i * columns + j] = sums[j]!;
    }
  };
}

/** c = a · bᵀ: rows by rows. */
function multiplyTransposed(rows: number, inner: number, columns: number) {
  return (out: TypedArray, a: TypedArray, b: TypedArray): void => {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        let sum = 0;
        for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[j * inner + k]!;
        out[i * columns + j] = sum;
      }
  };
}

/** c = aᵀ · b, a of [inner, rows]: adds the outer products of rows. */
function multiplyTransposedFirst(rows: number, inner: number, columns: number) {
  const sums = new Float64Array(rows * columns);
  return (out: TypedArray, a: TypedArray, b: TypedArray): void => {
    sums.fill(0);
    for (let k = 0; k < inner; k++)
      for (let i = 0; i < rows; i++) {
        const factor = a[k * rows + i]!;
        for (let j = 0; j < columns; j++) sums[i * columns + j]! += factor * b[k * columns + j]!;
      }
    out.set(sums);
  };
}

/** The product of an n × n matrix with another. */
function square(n: number, dtypes: readonly ComputeDType[]): Pattern {
  return {
    name: `matmul-${n}`,
    dtypes,
    program: (draw) => ({
      inputs: [draw.numbers([n, n]), draw.numbers([n, n])],
      tensors: (a, b) => a.matmul(b),
      loops: multiply(n, n, n),
    }),
    ulps: sumUlps,
  };
}

/** A product of [rows, inner] and [inner, columns]. */
function product(name: string, rows: number, inner: number, columns: number): Pattern {
  return {
    name,
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([rows, inner]), draw.numbers([inner, columns])],
      tensors: (a, b) => a.matmul(b),
      loops: multiply(rows, inner, columns),
    }),
    ulps: sumUlps,
  };
}

/** A batch of products of n × n matrices. */
function batched(name: string, count: number, n: number): Pattern {
  return {
    name,
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([count, n, n]), draw.numbers([count, n, n])],
      tensors: (a, b) => a.matmul(b),
      loops: multiply(n, n, n, count),
    }),
    ulps: sumUlps,
  };
}

/** Products of matrices and vectors. */
export const products: readonly Pattern[] = [
  square(32, floats),
  square(128, numbers),
  square(256, numbers),
  {
    name: 'matmul-transposed',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers([128, 128]), draw.numbers([128, 128])],
      tensors: (a, b) => a.matmul(b.T),
      loops: multiplyTransposed(128, 128, 128),
    }),
    ulps: sumUlps,
  },
  {
    name: 'matmul-first-transposed',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([128, 128]), draw.numbers([128, 128])],
      tensors: (a, b) => a.T.matmul(b),
      loops: multiplyTransposedFirst(128, 128, 128),
    }),
    ulps: sumUlps,
  },
  batched('matmul-batched', 32, 32),
  batched('matmul-many-small', 2000, 4),
  product('matmul-thin', 10_000, 3, 4),
  product('matmul-column', 500, 500, 1),
  product('matmul-row', 1, 500, 500),
  product('matmul-outer', 400, 1, 500),
  {
    name: 'matmul-row-transposed',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers([1, 500]), draw.numbers([500, 500])],
      tensors: (a, b) => a.matmul(b.T),
      loops: multiplyTransposed(1, 500, 500),
    }),
    ulps: sumUlps,
  },
  {
    name: 'matmul-tall-transposed',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([20_000, 3]), draw.numbers([20_000, 4])],
      tensors: (a, b) => a.T.matmul(b),
      loops: multiplyTransposedFirst(3, 20_000, 4),
    }),
    ulps: sumUlps,
  },
  {
    name: 'dot',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers([1e6]), draw.numbers([1e6])],
      tensors: (x, y) => x.dot(y),
      loops(out, x, y) {
        let sum = 0;
        for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
        out[0] = sum;
      },
    }),
    ulps: sumUlps,
  },
];
