import { fromTypedArray, logSumExp, type TypedArray } from '@nn/tensor';
import {
  all,
  floats,
  matrix,
  numbers,
  type Pattern,
  type PatternProgram,
  callTakesLonger,
  sumUlps,
} from './pattern.ts';

const million = [1000, 1000] as const;

/** Booleans that are all false, or all true but for one of the other kind at one index. */
function oneOdd(odd: boolean, index: number): PatternProgram['inputs'] {
  const values = new Float32Array(1e6).fill(odd ? 0 : 1);
  if (index >= 0) values[index] = odd ? 1 : 0;
  return [fromTypedArray(values, [1e6]).greater(0.5)];
}

function anyLoop(out: TypedArray, x: TypedArray): void {
  out[0] = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] === 0) continue;
    out[0] = 1;
    break;
  }
}

function allLoop(out: TypedArray, x: TypedArray): void {
  out[0] = 1;
  for (let i = 0; i < x.length; i++) {
    if (x[i] !== 0) continue;
    out[0] = 0;
    break;
  }
}

function sumOfAll(out: TypedArray, x: TypedArray): void {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]!;
  out[0] = sum;
}

/** Sums over the first axis of a matrix. The sums stay in `out`, so float32 sums are added in float64 first. */
function sumOfRows(out: TypedArray, x: TypedArray): void {
  const sums = new Float64Array(out.length);
  for (let i = 0; i < x.length; i += sums.length) for (let j = 0; j < sums.length; j++) sums[j]! += x[i + j]!;
  out.set(sums);
}

/** Sums over the last axis of a matrix. */
function sumOfColumns(out: TypedArray, x: TypedArray): void {
  const columns = x.length / out.length;
  for (let row = 0; row < out.length; row++) {
    let sum = 0;
    for (let j = 0; j < columns; j++) sum += x[row * columns + j]!;
    out[row] = sum;
  }
}

/** Fewer numbers come out than go in. */
export const reductions: readonly Pattern[] = [
  {
    name: 'sum',
    dtypes: all,
    program: (draw) => ({ inputs: [draw.numbers(million)], tensors: (x) => x.sum(), loops: sumOfAll }),
    ulps: sumUlps,
  },
  {
    name: 'sum-first-axis',
    dtypes: all,
    program: (draw) => ({ inputs: [draw.numbers(million)], tensors: (x) => x.sum(0), loops: sumOfRows }),
    ulps: sumUlps,
  },
  {
    name: 'sum-last-axis',
    dtypes: all,
    program: (draw) => ({ inputs: [draw.numbers(million)], tensors: (x) => x.sum(1), loops: sumOfColumns }),
    ulps: sumUlps,
  },
  {
    name: 'sum-middle-axis',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers([50, 80, 50])],
      tensors: (x) => x.sum(1),
      loops(out, x) {
        const sums = new Float64Array(50);
        for (let i = 0; i < 50; i++) {
          sums.fill(0);
          for (let j = 0; j < 80; j++) for (let k = 0; k < 50; k++) sums[k]! += x[(i * 80 + j) * 50 + k]!;
          out.set(sums, i * 50);
        }
      },
    }),
    ulps: sumUlps,
  },
  {
    name: 'sum-outer-axes',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([50, 80, 50])],
      tensors: (x) => x.sum([0, 2]),
      loops(out, x) {
        const sums = new Float64Array(80);
        for (let i = 0; i < 50; i++)
          for (let j = 0; j < 80; j++) for (let k = 0; k < 50; k++) sums[j]! += x[(i * 80 + j) * 50 + k]!;
        out.set(sums);
      },
    }),
    ulps: sumUlps,
  },
  {
    name: 'sum-short-last-axis',
    dtypes: numbers,
    program: (draw) => ({ inputs: [draw.numbers([100_000, 3])], tensors: (x) => x.sum(1), loops: sumOfColumns }),
  },
  {
    name: 'sum-short-first-axis',
    dtypes: floats,
    program: (draw) => ({ inputs: [draw.numbers([3, 100_000])], tensors: (x) => x.sum(0), loops: sumOfRows }),
  },
  {
    name: 'sum-few-columns',
    dtypes: numbers,
    program: (draw) => ({ inputs: [draw.numbers([100_000, 3])], tensors: (x) => x.sum(0), loops: sumOfRows }),
    ulps: sumUlps,
  },
  {
    name: 'mean-of-squares',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix), draw.numbers(matrix, 2, 3)],
      tensors: (x, y) => x.sub(y).pow(2).mean(),
      loops(out, x, y) {
        let sum = 0;
        for (let i = 0; i < x.length; i++) sum += (x[i]! - y[i]!) ** 2;
        out[0] = sum / x.length;
      },
    }),
    ulps: sumUlps,
  },
  {
    name: 'count-equal',
    dtypes: all,
    program: (draw) => ({
      inputs: [draw.numbers(matrix, 0, 2), draw.numbers(matrix, 0, 2)],
      tensors: (x, y) => x.equal(y).sum(),
      loops(out, x, y) {
        let count = 0;
        for (let i = 0; i < x.length; i++) if (x[i] === y[i]) count++;
        out[0] = count;
      },
    }),
  },
  {
    name: 'max',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(million)],
      tensors: (x) => x.max(),
      loops(out, x) {
        let largest = -Infinity;
        for (let i = 0; i < x.length; i++) largest = Math.max(largest, x[i]!);
        out[0] = largest;
      },
    }),
  },
  {
    name: 'max-first-axis',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.max(0),
      loops(out, x) {
        out.set(x.subarray(0, out.length));
        for (let i = out.length; i < x.length; i += out.length)
          for (let j = 0; j < out.length; j++) out[j] = Math.max(out[j]!, x[i + j]!);
      },
    }),
  },
  {
    name: 'max-last-axis',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.max(1),
      loops(out, x) {
        const columns = x.length / out.length;
        for (let row = 0; row < out.length; row++) {
          let largest = -Infinity;
          for (let j = 0; j < columns; j++) largest = Math.max(largest, x[row * columns + j]!);
          out[row] = largest;
        }
      },
    }),
  },
  {
    name: 'argmax-last-axis',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers([2000, 100])],
      tensors: (x) => x.argmax(1),
      loops(out, x) {
        for (let row = 0; row < out.length; row++) {
          let best = 0;
          for (let j = 1; j < 100; j++) if (x[row * 100 + j]! > x[row * 100 + best]!) best = j;
          out[row] = best;
        }
      },
    }),
  },
  {
    name: 'max-of-blocks',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.reshape([200, 2, 250, 2]).max([1, 3]),
      loops(out, x) {
        for (let row = 0; row < 200; row++)
          for (let column = 0; column < 250; column++) {
            const i = row * 1000 + column * 2;
            out[row * 250 + column] = Math.max(x[i]!, x[i + 1]!, x[i + 500]!, x[i + 501]!);
          }
      },
    }),
  },
  {
    name: 'variance-last-axis',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.var(1),
      loops(out, x) {
        const columns = x.length / out.length;
        for (let row = 0; row < out.length; row++) {
          let sum = 0;
          for (let j = 0; j < columns; j++) sum += x[row * columns + j]!;
          const mean = sum / columns;
          let squares = 0;
          for (let j = 0; j < columns; j++) squares += (x[row * columns + j]! - mean) ** 2;
          out[row] = squares / columns;
        }
      },
    }),
    ulps: sumUlps,
  },
  {
    name: 'standard-deviation-first-axis',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers(matrix)],
      tensors: (x) => x.std(0),
      loops(out, x) {
        const [columns, rows] = [out.length, x.length / out.length];
        const means = new Float64Array(columns);
        for (let i = 0; i < x.length; i += columns) for (let j = 0; j < columns; j++) means[j]! += x[i + j]! / rows;
        const squares = new Float64Array(columns);
        for (let i = 0; i < x.length; i += columns)
          for (let j = 0; j < columns; j++) squares[j]! += (x[i + j]! - means[j]!) ** 2;
        for (let j = 0; j < columns; j++) out[j] = Math.sqrt(squares[j]! / rows);
      },
    }),
    ulps: sumUlps,
  },
  {
    name: 'log-sum-exp',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([2000, 100], 1, 5)],
      tensors: (x) => logSumExp(x, 1),
      loops(out, x) {
        for (let row = 0; row < out.length; row++) {
          let largest = -Infinity;
          for (let j = 0; j < 100; j++) largest = Math.max(largest, x[row * 100 + j]!);
          let sum = 0;
          for (let j = 0; j < 100; j++) sum += Math.exp(x[row * 100 + j]! - largest);
          out[row] = largest + Math.log(sum);
        }
      },
    }),
  },
  {
    name: 'softmax',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([2000, 100], -2, 2)],
      tensors(x) {
        const powers = x.sub(x.max(1, { keepdims: true })).exp();
        return powers.div(powers.sum(1, { keepdims: true }));
      },
      loops(out, x) {
        for (let i = 0; i < x.length; i += 100) {
          let largest = -Infinity;
          for (let j = 0; j < 100; j++) largest = Math.max(largest, x[i + j]!);
          let sum = 0;
          for (let j = 0; j < 100; j++) sum += out[i + j] = Math.exp(x[i + j]! - largest);
          for (let j = 0; j < 100; j++) out[i + j]! /= sum;
        }
      },
    }),
  },
  {
    name: 'layer-norm',
    dtypes: floats,
    program: (draw) => ({
      inputs: [draw.numbers([2000, 100], 1, 2)],
      tensors: (x) => x.div(x.mul(x).mean(1, { keepdims: true }).add(1e-5).sqrt()),
      loops(out, x) {
        for (let i = 0; i < x.length; i += 100) {
          let squares = 0;
          for (let j = 0; j < 100; j++) squares += x[i + j]! ** 2;
          const root = Math.sqrt(squares / 100 + 1e-5);
          for (let j = 0; j < 100; j++) out[i + j] = x[i + j]! / root;
        }
      },
    }),
  },
  {
    name: 'any-early',
    dtypes: ['bool'],
    program: () => ({ inputs: oneOdd(true, 10), tensors: (x) => x.any(), loops: anyLoop }),
    reasons: { bool: callTakesLonger },
  },
  {
    name: 'any-late',
    dtypes: ['bool'],
    program: () => ({ inputs: oneOdd(true, 999_990), tensors: (x) => x.any(), loops: anyLoop }),
  },
  {
    name: 'all-early',
    dtypes: ['bool'],
    program: () => ({ inputs: oneOdd(false, 10), tensors: (x) => x.all(), loops: allLoop }),
    reasons: { bool: callTakesLonger },
  },
  {
    name: 'all-late',
    dtypes: ['bool'],
    program: () => ({ inputs: oneOdd(false, 999_990), tensors: (x) => x.all(), loops: allLoop }),
  },
  {
    name: 'any-greater',
    dtypes: numbers,
    program: (draw) => ({
      inputs: [draw.numbers([1e6])],
      tensors: (x) => x.greater(100).any(),
      loops(out, x) {
        out[0] = 0;
        for (let i = 0; i < x.length; i++) {
          if (x[i]! <= 100) continue;
          out[0] = 1;
          break;
        }
      },
    }),
  },
  {
    name: 'any-last-axis',
    dtypes: ['bool'],
    program: (draw) => ({
      inputs: [draw.numbers(million, 0, 1.01)],
      tensors: (x) => x.any(1),
      loops(out, x) {
        for (let row = 0; row < 1000; row++) {
          out[row] = 0;
          for (let j = 0; j < 1000; j++) {
            if (x[row * 1000 + j] === 0) continue;
            out[row] = 1;
            break;
          }
        }
      },
    }),
  },
];
