import { describe, expect, test } from 'vitest';
import type { Backend } from '../src/compile/program.ts';
import { compile, type DType, type Tensor } from '../src/index.ts';
import type { Operation } from '../src/operation.ts';
import { operations } from '../src/operations/index.ts';
import { reference } from '../src/reference/interpreter.ts';
import { apply } from '../src/tensor.ts';
import { wasm } from '../src/wasm/index.ts';
import { startWorker } from '../src/wasm/threads/index.ts';
import { Pool } from '../src/wasm/threads/pool.ts';
import { mismatches } from './mismatches.ts';
import { threadsInSmallChunks } from './small-chunks.ts';
import { tensorWithLayout } from './layouts.ts';
import { convertTo, type SampleInput, samples } from './samples.ts';

const all = Object.entries(operations) as [keyof typeof operations, Operation][];
const dtypes = ['float64', 'float32', 'int32', 'bool'] as const;

// The allowed error against the eager result, in units in the last place of float32.
const backends: readonly (readonly [string, Backend, number])[] = [
  ['the reference', reference, 0],
  ['wasm', wasm, 2],
  ['deterministic wasm', wasm({ deterministic: true }), 2],
  ['wasm with threads', wasm({ threads: threadsInSmallChunks(2, new Pool(startWorker)) }), 2],
];

/** The result of a call, or the name of its error. */
function outcome(run: () => Tensor): Tensor | string {
  try {
    return run();
  } catch (error) {
    return (error as Error).name;
  }
}

/** Numbers at the limits of operations; among the integers are some that float32 rounds. */
const extremes: Readonly<Record<(typeof dtypes)[number], readonly number[]>> = {
  float64: [NaN, Infinity, -Infinity, 0, -0, 3e9, -3e9, 0.5, -1.5, 2.5, 1e300],
  float32: [NaN, Infinity, -Infinity, 0, -0, 3e9, -3e9, 0.5, -1.5, 2.5, 1e30],
  int32: [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 65_537, 2 ** 24 + 1, -(2 ** 24) - 3, 2, 100, 46_341],
  bool: [0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0],
};

describe.each(backends)('%s', (_, backend, ulps) => {
  const differences = (operation: Operation, inputs: readonly Tensor[], settings: unknown): unknown => {
    const run = (...operands: Tensor[]): Tensor => apply(operation, operands, settings as never);
    const wanted = outcome(() => run(...inputs));
    const got = outcome(() => compile(run, backend)(...inputs));
    if (typeof wanted === 'string' || typeof got === 'string') return got === wanted ? [] : { got, wanted };
    expect([got.shape, got.dtype]).toEqual([wanted.shape, wanted.dtype]);
    return mismatches(got.data, wanted.data, ulps);
  };

  test.each(all)('computes %s as the eager operation does', (name, operation) => {
    const found = dtypes.map((dtype) =>
      samples[name].map(({ inputs, settings }) => {
        const tensors = inputs.map((input) =>
          tensorWithLayout(
            input.dtype ? input : convertTo(dtype, input),
            input.dtype ?? dtype,
            'contiguous',
            undefined,
          ),
        );
        return { dtype, differences: differences(operation, tensors, settings) };
      }),
    );
    expect(found.flat()).toEqual(dtypes.flatMap((dtype) => samples[name].map(() => ({ dtype, differences: [] }))));
  });

  // Operations whose inputs at these positions may have different dtypes.
  test.each([
    ['concat', [0, 1]],
    ['matmul', [0, 1]],
    ['scatterAdd', [0, 2]],
    ['where', [1, 2]],
  ] as const)('computes %s of mixed dtypes', (name, [first, second]) => {
    const found = dtypes.flatMap((dtype) =>
      dtypes.flatMap((other) =>
        samples[name].map(({ inputs, settings }) => {
          const tensors = inputs.map((input, at) => {
            const own = input.dtype ?? (at === first ? dtype : at === second ? other : dtype);
            return tensorWithLayout(input.dtype ? input : convertTo(own, input), own, 'contiguous', undefined);
          });
          return { dtype, other, differences: differences(operations[name], tensors, settings) };
        }),
      ),
    );
    expect(found.filter(({ differences: own }) => (own as unknown[]).length !== 0)).toEqual([]);
  });

  test('wraps int32 in scatterAdd and matmul', () => {
    const large = tensorWithLayout(
      { shape: [2, 2], values: [2 ** 31 - 1, 65_537, -(2 ** 31), 46_341] },
      'int32',
      'contiguous',
      undefined,
    );
    const places = tensorWithLayout({ shape: [2, 2], values: [0, 0, 0, 1] }, 'int32', 'contiguous', undefined);
    expect(differences(operations.matmul, [large, large], undefined)).toEqual([]);
    expect(differences(operations.scatterAdd, [large, places, large], { axis: 0 })).toEqual([]);
  });

  const elementwiseEntries = all.filter(([, { kind }]) => kind === 'elementwise');

  test.each(elementwiseEntries)('computes %s at the limits of its arguments', (name, operation) => {
    const arity = (operation as { readonly arity: number }).arity;
    const { settings } = samples[name][0]!;
    const found = dtypes.flatMap((dtype) =>
      dtypes.map((other) => {
        // Every pair of extremes: one along rows, one along columns.
        const [down, across]: [SampleInput, SampleInput] = [
          { shape: [11, 1], values: extremes[dtype] },
          { shape: [1, 11], values: extremes[other] },
        ];
        const inputs = [down, across, across]
          .slice(0, arity)
          .map((input, at) => tensorWithLayout(input, at === 0 ? dtype : other, 'contiguous', undefined));
        return { dtype, other, differences: differences(operation, inputs, settings) };
      }),
    );
    expect(found.filter(({ differences: own }) => (own as unknown[]).length !== 0)).toEqual([]);
  });

  test('multiplies and scatters mixed dtypes at their limits', () => {
    const near = [2 ** 24 + 1, -(2 ** 24) - 3, 2 ** 30 + 65, 7];
    const of = (dtype: DType, shape: readonly number[]): Tensor =>
      tensorWithLayout({ shape, values: dtype === 'bool' ? [1, 0, 1, 1] : near }, dtype, 'contiguous', undefined);
    const indices = tensorWithLayout({ shape: [4], values: [0, 1, 1, 3] }, 'int32', 'contiguous', undefined);
    const found = dtypes.flatMap((dtype) =>
      dtypes.map((other) => [
        differences(operations.matmul, [of(dtype, [4, 1]), of(other, [1, 4])], undefined),
        differences(operations.scatterAdd, [of(dtype, [4]), indices, of(other, [4])], { axis: 0 }),
      ]),
    );
    expect(found.flat(2)).toEqual([]);
  });

  test('computes operations of operations of mixed dtypes at their limits', () => {
    const found = dtypes.flatMap((dtype) =>
      dtypes.map((other) => {
        const [a, b] = [dtype, other].map((one, at) =>
          tensorWithLayout(
            { shape: at === 0 ? [11, 1] : [1, 11], values: extremes[one] },
            one,
            'contiguous',
            undefined,
          ),
        ) as [Tensor, Tensor];
        // Beside a result of float64, the others are computed in the same loop.
        const step = (x: Tensor, y: Tensor): Tensor[] => {
          const results = [x.sub(y), x.equal(y), x.less(y), x.maximum(y), x.mul(0.5).sub(y), x.sub(16777216.5)];
          return [...results, ...results.map((one) => one.cast('float64').mul(1) as Tensor)] as Tensor[];
        };
        const wanted = step(a, b);
        const got = compile(step, backend)(a, b);
        return wanted.map((one, at) => mismatches(got[at]!.data, one.data, ulps));
      }),
    );
    expect(found.flat(3)).toEqual([]);
  });

  test('casts numbers at the limits of dtypes', () => {
    const found = dtypes.flatMap((from) =>
      dtypes.map((to) => {
        const x = tensorWithLayout({ shape: [11], values: extremes[from] }, from, 'contiguous', undefined);
        return { from, to, differences: differences(operations.cast as never, [x], { dtype: to }) };
      }),
    );
    expect(found.filter(({ differences: own }) => (own as unknown[]).length !== 0)).toEqual([]);
  });

  const reductionEntries = all.filter(([, { kind }]) => kind === 'reduce' || kind === 'search');

  test.each(reductionEntries)('reduces extremes and long rows by %s', (_name, operation) => {
    const folded = operation.kind === 'search' ? { axis: 1, keepdims: false } : { axes: [1], keepdims: false };
    const upright = operation.kind === 'search' ? { axis: 0, keepdims: false } : { axes: [0], keepdims: false };
    const found = dtypes.flatMap((dtype) =>
      [
        [11, 11],
        [3, 77],
        [77, 3],
      ].flatMap(([rows, columns]) =>
        [folded, upright].map((settings) => {
          const values = Array.from({ length: rows! * columns! }, (__, at) => {
            const value = extremes[dtype][(at * 5 + Math.floor(at / 11)) % 11]!;
            // Integers whose sums are exact in any order, because rounding depends on the order.
            return rows === 11 ? value : dtype === 'bool' ? value : ((at * 7919) % 23) - 11;
          });
          const x = tensorWithLayout({ shape: [rows!, columns!], values }, dtype, 'contiguous', undefined);
          return { dtype, rows, settings, differences: differences(operation, [x], settings) };
        }),
      ),
    );
    expect(found.filter(({ differences: own }) => (own as unknown[]).length !== 0)).toEqual([]);
  });
});

test('a backend that is wrong in the last places is found', () => {
  const planted: Backend = (program) => {
    const right = reference(program);
    return { ...right, output: (at) => right.output(at).map((value) => value * (1 + 2 ** -20)) };
  };
  const x = tensorWithLayout({ shape: [2], values: [1, 2] }, 'float32', 'contiguous', undefined);
  expect(mismatches(compile((one: Tensor) => one.exp(), planted)(x).data, x.exp().data, 2)).toHaveLength(2);
  expect(mismatches(compile((one: Tensor) => one.exp(), reference)(x).data, x.exp().data, 2)).toEqual([]);
});
