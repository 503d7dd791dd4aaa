import { describe, expect, test } from 'vitest';
import { compile, concat, gradients, type Tensor, tensor, watch } from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';

/** A value after so many steps. */
const repeated = (steps: number, start: Tensor, step: (x: Tensor) => Tensor): Tensor => {
  let value = start;
  for (let left = steps; left > 0; left--) value = step(value);
  return value;
};
const x = tensor([1, -2]) as Tensor;

describe.each([
  ['by the reference', reference],
  ['as wasm', wasm],
] as const)('the stack is not exhausted %s', (_, backend) => {
  test('by 20,000 reductions, each of which is a loop', () => {
    const centred = compile((a: Tensor) => repeated(20_000, a, (value) => value.sub(value.max())), backend);
    expect(centred(x).toArray()).toEqual([0, -3]);
  });

  test('by the gradient of 8,000 products of matrices', () => {
    const turn = tensor([
      [0, -1],
      [1, 0],
    ]) as Tensor;
    const slope = compile((a: Tensor) => {
      const watched = watch(a);
      return gradients(repeated(8000, watched, (value) => value.matmul(turn)).sum(), watched);
    }, backend);
    // Four quarter turns are none.
    expect(slope(tensor([[1, 2]]) as Tensor).toArray()).toEqual([[1, 1]]);
  });
});

test('a gradient through 100,000 operations is taken step by step', () => {
  const watched = watch(x) as Tensor;
  expect(gradients(repeated(100_000, watched, (value) => value.neg()).sum(), watched).toArray()).toEqual([1, 1]);
});

test('each of 20,000 tensors that are concatenated gets its part of the gradient', () => {
  const watched = watch(x) as Tensor;
  const parts = Array.from({ length: 20_000 }, (_, at) => watched.mul(at % 2));
  expect(gradients(concat(parts).sum(), watched).toArray()).toEqual([10_000, 10_000]);
  // Unequal parts, along the second axis.
  const wide = watch(
    tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]),
  );
  const joined = concat([wide.slice([], [0, 1]), wide.mul(10), wide.slice([], [1, 3])] as Tensor[], 1);
  const weights = tensor([
    [1, 2, 3, 4, 5, 6],
    [7, 8, 9, 10, 11, 12],
  ]);
  expect(gradients(joined.mul(weights).sum(), wide as Tensor).toArray()).toEqual([
    [21, 35, 46],
    [87, 101, 112],
  ]);
});

test('a thousand sines and cosines and their gradients are written as calls of one function each', () => {
  const wave = (a: Tensor): Tensor => {
    const watched = watch(a);
    return gradients(repeated(500, watched, (value) => value.sin().cos()).sum(), watched);
  };
  const sizes: number[] = [];
  const { Module } = WebAssembly;
  const Recorded = function (bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
    sizes.push(bytes.length);
    return new Module(bytes);
  };
  WebAssembly.Module = Recorded as never;
  try {
    const slope = compile(wave, wasm)(x);
    for (const [at, value] of wave(x).data.entries()) expect(slope.data[at]).toBeCloseTo(value, 6);
  } finally {
    WebAssembly.Module = Module;
  }
  // Written out, each of the 2,000 takes hundreds of bytes.
  expect(sizes[0]).toBeLessThan(2000 * 100);
});
