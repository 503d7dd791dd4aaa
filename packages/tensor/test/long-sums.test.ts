import { describe, expect, test } from 'vitest';
import type { Backend } from '../src/compile/program.ts';
import { compile, full, ones, type Tensor } from '../src/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { wasm } from '../src/wasm/index.ts';
import { threadsInSmallChunks } from './small-chunks.ts';

const backends: readonly (readonly [string, Backend])[] = [
  ['eager', reference],
  ['compiled', wasm],
  ['compiled, with products and sums apart', wasm({ deterministic: true })],
  ['shared by threads', wasm({ threads: threadsInSmallChunks(3) })],
];

/** The largest relative error of sums of many terms. */
const bound = { float32: 1e-6, float64: 4e-15 } as const;

type Floating = keyof typeof bound;

/** Shapes of a million elements, and the axes that they are summed along. */
const sums: readonly (readonly [shape: readonly number[], axis: number | number[]])[] = [
  [[1_000_003], 0],
  [[1_000_001, 4], 0],
  [[2_000_001, 2], 0],
  [[3, 300_007], 1],
  [[2, 100_009, 4], 1],
  [
    [100_009, 2, 4],
    [0, 2],
  ],
  [
    [2, 200_001, 3],
    [1, 2],
  ],
  [
    [50_021, 20, 5],
    [0, 1],
  ],
  [
    [300, 3, 700],
    [0, 2],
  ],
  [
    [50_021, 20, 5],
    [0, 1, 2],
  ],
];

/** Products of matrices [m, k] × [k, n] with long sums. */
const products: readonly (readonly [m: number, k: number, n: number])[] = [
  [1, 1_000_003, 1],
  [3, 200_009, 4],
  [1, 200_003, 9],
  [13, 30_001, 10],
  [100, 4_097, 33],
  [5, 4_096, 6],
  [5, 257, 6],
  [6, 65, 8],
];

const errors = (found: Tensor, right: number): number =>
  Math.max(...Array.from(found.data, (one) => Math.abs(one / right - 1)));

describe.each(backends)('%s', (_, backend) => {
  describe.each(['float32', 'float64'] as const satisfies Floating[])('%s', (dtype) => {
    test.each(sums)('sums of %j along axis %j keep their digits', (shape, axis) => {
      for (const value of [0.1, 1.7]) {
        const x = full(shape, value, { dtype }) as Tensor;
        const [term] = x.slice(...shape.map(() => [0, 1] as const)).data as ArrayLike<number> as [number];
        const found = compile((of: Tensor) => of.sum(axis), backend)(x);
        expect(errors(found, (term * x.size) / found.size)).toBeLessThanOrEqual(bound[dtype]);
      }
    });

    test.each(products)('products [%d, %d] × […, %d] keep their digits', (m, k, n) => {
      const [x, y] = [full([m, k], 0.1, { dtype }), full([k, n], 0.3, { dtype })] as [Tensor, Tensor];
      const right = Number(x.data[0]) * Number(y.data[0]) * k;
      const bias = full([n], 0, { dtype }) as Tensor;
      const products = compile(
        (a: Tensor, b: Tensor, c: Tensor) => [a.matmul(b), a.matmul(b).add(c), a.T.reshape([k, m]).T.matmul(b.T.T)],
        backend,
      )(x, y, bias);
      for (const found of products) expect(errors(found, right)).toBeLessThanOrEqual(bound[dtype]);
    });
  });

  test('ones are counted beyond 2²⁴', () => {
    const many = 2 ** 24 + 4096;
    const x = ones([1, 1]).expand([many, 4]) as Tensor;
    expect([...compile((of: Tensor) => of.sum(0), backend)(x).data]).toEqual([many, many, many, many]);
  });

  test('the standard deviation of a constant column is 0', () => {
    const x = full([10_000, 4], 1000.25) as Tensor;
    expect([...compile((of: Tensor) => of.std(0), backend)(x).data]).toEqual([0, 0, 0, 0]);
  });

  test('infinite and undefined terms stay so', () => {
    for (const [shape, axis] of [
      [[3000, 5], 0],
      [[5, 3000], 1],
    ] as const) {
      const x = full(shape, Infinity) as Tensor;
      const step = compile((of: Tensor) => [of.sum(axis), of.neg().sum(axis), of.sub(of).sum(axis)], backend);
      expect(step(x).map(({ data }) => [...data])).toEqual(
        [Infinity, -Infinity, NaN].map((one) => new Array<number>(5).fill(one)),
      );
    }
    const [a, b] = [full([3, 9000], Infinity), full([9000, 5], 2)] as [Tensor, Tensor];
    expect([...compile((x: Tensor, y: Tensor) => x.matmul(y), backend)(a, b).data]).toEqual(
      new Array<number>(15).fill(Infinity),
    );
  });
});

test('long sums have the same bits for any number of threads', () => {
  const x = full([20_001, 37], 0.1).mul(full([37], 1.3)) as Tensor;
  const step = (of: Tensor): readonly Tensor[] => [of.sum(0), of.sum(1), of.sum(), of.T.matmul(of)];
  const [alone, ...shared] = [
    wasm,
    wasm({ threads: threadsInSmallChunks(2) }),
    wasm({ threads: threadsInSmallChunks(3) }),
  ].map((one) => compile(step, one)(x).map(({ data }) => [...data]));
  for (const one of shared) expect(one).toEqual(alone);
});
