import type { DType, TypedArray } from '../dtype.ts';
import type { MatMulOperation } from '../operation.ts';
import type { Shape } from '../shape.ts';
import { blank, broadcastStrides, type Strided, Walk } from '../strided.ts';
import { type Numbers, operandsFor, type ReferenceKernel } from './kernel.ts';

/** The number of columns of the second matrix that are computed together, with their sums in registers. */
const panel = 4;

export const matmul: ReferenceKernel<MatMulOperation> = (_, inputs, _settings, shape, dtype) =>
  multiplyMatrices(inputs, shape, dtype);

/** Matrix products, with sums in float64 that are rounded once. The first matrix is read through its strides. */
export function multiplyMatrices(inputs: readonly Numbers[], shape: Shape, dtype: DType): Strided {
  const [a, b] = operandsFor(dtype, inputs);
  const result = blank(shape, dtype);
  const { array } = result;
  const [m, n] = shape.slice(-2) as [number, number];
  const k = a!.shape.at(-1)!;

  const batch = shape.slice(0, -2);
  const over = (input: Numbers) => broadcastStrides(input.strides.slice(0, -2), input.shape.slice(0, -2), batch);
  const walk = new Walk(batch, [over(a!), over(b!)], [a!.offset, b!.offset]);
  const columns = new Float64Array(k * Math.ceil(n / panel) * panel);
  let packedFrom = -1;
  for (let at = 0; at < array.length; walk.next()) {
    for (let run = 0; run < walk.run; run++, at += m * n) {
      const from = walk.offsets[1]! + run * walk.steps[1]!;
      if (from !== packedFrom) packColumns(columns, b!, from, k, n);
      packedFrom = from;
      const multiply = dtype === 'int32' ? multiplyIntegers : multiplyFloats;
      multiply(array, at, a!, walk.offsets[0]! + run * walk.steps[0]!, columns, m, n, k);
    }
  }
  return result;
}

/** Copies the second matrix to panels of four columns. Each panel is contiguous from its first row to its last. */
function packColumns(columns: Float64Array, b: Numbers, from: number, k: number, n: number): void {
  const [down, right] = b.strides.slice(-2) as [number, number];
  const { array } = b;
  for (let left = 0, at = 0; left < n; left += panel) {
    const width = Math.min(panel, n - left);
    for (let row = 0, start = from + left * right; row < k; row++, start += down, at += panel) {
      for (let column = 0, index = start; column < width; column++, index += right)
        columns[at + column] = array[index]!;
    }
  }
}

/** Integers wrap at 32 bits. As doubles, their products would lose the low digits. */
function multiplyIntegers(
  y: TypedArray,
  o: number,
  a: Numbers,
  from: number,
  columns: Float64Array,
  m: number,
  n: number,
  k: number,
): void {
  const [down, right] = a.strides.slice(-2) as [number, number];
  for (let row = 0; row < m; row++) {
    for (let column = 0; column < n; column++) {
      const first = (column - (column % panel)) * k + (column % panel);
      let sum = 0;
      for (let step = 0, i = from + row * down; step < k; step++, i += right) {
        sum = (sum + Math.imul(a.array[i]!, columns[first + step * panel]!)) | 0;
      }
      y[o++] = sum;
    }
  }
}

/** The most products that are added one after another. The sums of such blocks are added pairwise. */
const blockDepth = 128;

/** Two rows by four columns at a time: eight sums in one pass over k. */
function multiplyFloats(
  y: TypedArray,
  o: number,
  a: Numbers,
  from: number,
  columns: Float64Array,
  m: number,
  n: number,
  k: number,
): void {
  const [down, right] = a.strides.slice(-2) as [number, number];
  const { array } = a;
  // A stack of partial sums to be added, eight at a time: one entry for each bit that is set in the number of blocks.
  const sums = new Float64Array(k > blockDepth ? 8 * 32 : 0);
  for (let row = 0; row < m; row += 2) {
    const second = row + 1 < m ? down : 0;
    // From right to left: the last panel writes beyond the end of a row, and the results there overwrite that later.
    for (let left = (Math.ceil(n / panel) - 1) * panel; left >= 0; left -= panel) {
      const index = o + row * n + left;
      let pending = 0;
      for (let step = 0, i = from + row * down, at = left * k, blocks = 1; step < k; blocks++) {
        let s0 = 0;
        let s1 = 0;
        let s2 = 0;
        let s3 = 0;
        let t0 = 0;
        let t1 = 0;
        let t2 = 0;
        let t3 = 0;
        for (const end = Math.min(step + blockDepth, k); step < end; step++, i += right, at += panel) {
          const upper = array[i]!;
          const lower = array[i + second]!;
          const b0 = columns[at]!;
          const b1 = columns[at + 1]!;
          const b2 = columns[at + 2]!;
          const b3 = columns[at + 3]!;
          s0 += upper * b0;
          s1 += upper * b1;
          s2 += upper * b2;
          s3 += upper * b3;
          t0 += lower * b0;
          t1 += lower * b1;
          t2 += lower * b2;
          t3 += lower * b3;
        }
        if (k <= blockDepth) {
          y[index] = s0;
          y[index + 1] = s1;
          y[index + 2] = s2;
          y[index + 3] = s3;
          y[index + n] = t0;
          y[index + n + 1] = t1;
          y[index + n + 2] = t2;
          y[index + n + 3] = t3;
          continue;
        }
        const to = 8 * pending++;
        sums[to] = s0;
        sums[to + 1] = s1;
        sums[to + 2] = s2;
        sums[to + 3] = s3;
        sums[to + 4] = t0;
        sums[to + 5] = t1;
        sums[to + 6] = t2;
        sums[to + 7] = t3;
        // Sums of equally many blocks are added; after the last block, all sums.
        for (let carry = blocks; step === k ? pending > 1 : carry % 2 === 0; carry /= 2) {
          pending--;
          for (let one = 8 * pending; one < 8 * pending + 8; one++) sums[one - 8]! += sums[one]!;
        }
      }
      for (let one = 0; one < 8 * pending; one++) y[one < 4 ? index + one : index + n + one - 4] = sums[one]!;
    }
  }
}
