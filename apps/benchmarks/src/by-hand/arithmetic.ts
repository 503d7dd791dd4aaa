import { digest, type Job } from '../contestant.ts';
import type { ChainTask, MatmulTask, SoftmaxTask } from '../task.ts';

/** c = a · b in the order in which rows lie in memory: every number of a times a row of b. */
export function matmul({ a, b }: MatmulTask): Job {
  const [rows, inner] = a.shape as [number, number];
  const columns = b.shape[1]!;
  const c = new Float32Array(rows * columns);
  const product = (): void => {
    c.fill(0);
    for (let row = 0; row < rows; row++) {
      const to = row * columns;
      for (let k = 0; k < inner; k++) {
        const factor = a.data[row * inner + k]!;
        const from = k * columns;
        for (let column = 0; column < columns; column++) c[to + column]! += factor * b.data[from + column]!;
      }
    }
  };
  return jobOf(product, c);
}

/** Σ relu(x · w + b), in one pass. */
export function chain({ x, w, b }: ChainTask): Job {
  const [rows, columns] = x.shape as [number, number];
  const total = new Float32Array(1);
  const pass = (): void => {
    let sum = 0;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        sum += Math.max(x.data[row * columns + column]! * w.data[column]! + b.data[column]!, 0);
      }
    }
    total[0] = sum;
  };
  return jobOf(pass, total);
}

/** exp(x − max) / Σ exp(x − max) of every row. */
export function softmax({ x }: SoftmaxTask): Job {
  const [rows, columns] = x.shape as [number, number];
  const probabilities = new Float32Array(x.data.length);
  const pass = (): void => {
    for (let row = 0; row < rows; row++) {
      const end = (row + 1) * columns;
      let largest = -Infinity;
      for (let at = row * columns; at < end; at++) largest = Math.max(largest, x.data[at]!);
      let sum = 0;
      for (let at = row * columns; at < end; at++) sum += probabilities[at] = Math.exp(x.data[at]! - largest);
      for (let at = row * columns; at < end; at++) probabilities[at]! /= sum;
    }
  };
  return jobOf(pass, probabilities);
}

/** A job that fills `output` each time. */
function jobOf(unit: () => void, output: Float32Array): Job {
  return {
    result() {
      unit();
      return digest(output);
    },
    run(times) {
      for (let time = 0; time < times; time++) unit();
    },
  };
}
