import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Backend } from '../src/compile/program.ts';
import { compile, type DType, type Tensor, tensor, variable } from '../src/index.ts';
import type {
  CheckOperation,
  ConvolutionSettings,
  ElementwiseOperation,
  Kind,
  Loop,
  Operation,
  RandomOperation,
  ReduceOperation,
} from '../src/operation.ts';
import { matrixOperation } from '../src/linalg/matrix-operation.ts';
import { check } from '../src/operations/check.ts';
import { operations } from '../src/operations/index.ts';
import { polygamma } from '../src/operations/math.ts';
import { check as checkKernel } from '../src/reference/check.ts';
import * as loops from '../src/reference/elementwise.ts';
import * as indexed from '../src/reference/gather.ts';
import type { Numbers } from '../src/reference/kernel.ts';
import { matmul } from '../src/reference/matmul.ts';
import { reduce, search } from '../src/reference/reduce.ts';
import { convolution } from '../src/reference/convolution.ts';
import { overlapAdd } from '../src/reference/window.ts';
import { apply } from '../src/tensor.ts';
import { wasm } from '../src/wasm/index.ts';
import { takes } from './samples.ts';
import { threadsInSmallChunks } from './small-chunks.ts';

// Operations that the backend has never seen: under new names, and under the names of operations that it knows. Names
// must decide nothing: the results are those of the operation's own data, or the operation is refused by its name.

const dtypes = ['float64', 'float32', 'int32', 'bool'] as const;
const backends: readonly (readonly [string, Backend])[] = [
  ['wasm', wasm],
  ['wasm that threads share', wasm({ threads: threadsInSmallChunks(2) })],
];

const unary: Loop = (n, y, o, a, i, da) => {
  for (; n-- > 0; i += da) y[o++] = a[i]! * 2 + 1;
};
const binary: Loop = (n, y, o, a, i, da, b, j, db) => {
  for (; n-- > 0; i += da, j += db) y[o++] = 2 * a[i]! - b[j]!;
};
const ternary: Loop = (n, y, o, a, i, da, b, j, db, c, k, dc) => {
  for (; n-- > 0; i += da, j += db, k += dc) y[o++] = a[i]! + 2 * b[j]! - c[k]!;
};

/** Whether the result of a loop exceeds 1, for results of bool. */
const exceedsOne =
  (loop: Loop): Loop =>
  (n, y, o, ...operands) => {
    const results = new Float64Array(n);
    loop(n, results, 0, ...operands);
    for (let at = 0; at < n; at++) y[o + at] = results[at]! > 1 ? 1 : 0;
  };

/** An elementwise operation of the same arity and dtypes with another loop. */
function planted(operation: ElementwiseOperation<never>, name: string): ElementwiseOperation<never> {
  const loop = [unary, binary, ternary][operation.arity - 1]!;
  return { ...operation, name, loop, loopFor: { bool: exceedsOne(loop) } };
}

/** The one of two numbers with the larger absolute value, with its sign. */
const absMaximum: ElementwiseOperation<never> = {
  ...operations.maximum,
  loop(n, y, o, a, i, da, b, j, db) {
    for (; n-- > 0; i += da, j += db) y[o++] = Math.abs(a[i]!) >= Math.abs(b[j]!) ? a[i]! : b[j]!;
  },
};

const absMax: ReduceOperation = {
  ...operations.max,
  identity: 0,
  combine: absMaximum as ElementwiseOperation,
  run(a, i, step, n) {
    let best = 0;
    for (; n-- > 0; i += step) if (Math.abs(a[i]!) > Math.abs(best)) best = a[i]!;
    return best;
  },
};

const values = [3, -5, 0, 7, -7, 2, 4, 1, -1, 6, 5, -2];

function numbers(dtype: DType, shape: readonly number[], shift = 0): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const array = Array.from({ length: size }, (_, at) => values[(at + shift) % values.length]!);
  return tensor(dtype === 'bool' ? array.map((value) => value > 0) : array, { dtype }).reshape(shape) as Tensor;
}

describe.each(backends)('%s', (_, backend) => {
  function expectSame(operation: Operation, inputs: readonly Tensor[], settings: unknown): void {
    const run = (...operands: Tensor[]): Tensor => apply(operation, operands, settings as never);
    const wanted = run(...inputs);
    const got = compile(run, backend)(...inputs);
    expect([got.dtype, got.shape, [...got.data]]).toEqual([wanted.dtype, wanted.shape, [...wanted.data]]);
  }

  const elementwise = Object.entries<Operation>(operations).flatMap(([name, operation]) =>
    operation.kind === 'elementwise' ? [[name, operation] as const] : [],
  );

  test.each(elementwise)('computes another operation of the name %s by its own loop', (name, operation) => {
    for (const dtype of dtypes.filter((one) => takes(operation, one))) {
      // A cast is to the dtype of its operand.
      const settings = { dtype };
      const inputs = [0, 1, 2].slice(0, operation.arity).map((shift) => numbers(dtype, [5, 7], shift));
      for (const other of [name, 'brandNew']) {
        const own = planted(operation, other);
        expectSame(own, inputs, settings);
        // Beside other operations, the known one of the name among them.
        const run = (...operands: Tensor[]): Tensor =>
          apply(own, operands, settings as never)
            .add(1)
            .sub(apply(operation, operands, settings as never)) as Tensor;
        if (name === 'pow' && dtype !== 'float64') continue;
        const wanted = run(...inputs);
        const got = compile(run, backend)(...inputs);
        const close = [...got.data].every((value, at) => {
          const right = wanted.data[at]!;
          return Object.is(value + 0, right + 0) || Math.abs(value - right) <= 1e-5 * Math.max(1, Math.abs(right));
        });
        expect(close, `${name} as ${other} of ${dtype}`).toBe(true);
      }
    }
  });

  test('computes an operation between dtypes by its own loop', () => {
    const truncates = { ...operations.floor, name: 'cast', dtype: () => 'int32', loop: unary } as Operation;
    const tests = { ...operations.less, name: 'less', loop: exceedsOne(binary) } as Operation;
    for (const dtype of dtypes) {
      expectSame(truncates, [numbers(dtype, [13])], undefined);
      for (const other of dtypes) expectSame(tests, [numbers(dtype, [13]), numbers(other, [13], 3)], undefined);
    }
  });

  test('folds by another operation, under whatever name', () => {
    for (const name of ['max', 'sum', 'brandNew']) {
      for (const dtype of dtypes) {
        for (const shape of [
          [5, 43],
          [43, 5],
        ]) {
          for (const axes of [[0], [1], [0, 1]])
            expectSame({ ...absMax, name }, [numbers(dtype, shape)], { axes, keepdims: false });
        }
      }
    }
  });

  test('folds by known operations under other names', () => {
    for (const [known, name] of [
      ['max', 'min'],
      ['min', 'max'],
      ['max', 'brandNew'],
      ['min', 'brandNew'],
      ['sum', 'max'],
      ['max', 'sum'],
      ['prod', 'sum'],
      ['all', 'any'],
    ] as const) {
      for (const dtype of dtypes) {
        for (const axes of [[0], [1], [0, 1]]) {
          const x = known === 'prod' ? (numbers(dtype, [5, 43]).sign() as Tensor) : numbers(dtype, [5, 43]);
          expectSame({ ...operations[known], name }, [x], { axes, keepdims: false });
        }
      }
    }
  });

  test('finds extremes in their own order, under whatever name', () => {
    for (const [known, name] of [
      ['argmax', 'argmin'],
      ['argmin', 'argmax'],
      ['argmax', 'argabsmax'],
      ['argmin', 'argabsmin'],
    ] as const) {
      for (const dtype of dtypes) {
        for (const axis of [0, 1])
          expectSame({ ...operations[known], name }, [numbers(dtype, [5, 43])], { axis, keepdims: false });
      }
    }
  });

  test('moves and multiplies under other names', () => {
    const x = numbers('float32', [3, 4]);
    const indices = tensor([[0, 2, 1, 1]], { dtype: 'int32' });
    expectSame({ ...operations.matmul, name: 'sum' }, [x, x.T as Tensor], undefined);
    expectSame({ ...operations.gather, name: 'scatterAdd' }, [x, indices], { axis: 0 });
    expectSame({ ...operations.scatterAdd, name: 'gather' }, [x, indices, x.slice([0, 1]) as Tensor], { axis: 0 });
    expectSame({ ...operations.concat, name: 'pad' }, [x, x], { axis: 1 });
    const padding = { shape: [5, 6], starts: [1, 1], steps: [1, 1], value: 9 };
    expectSame({ ...operations.pad, name: 'concat' }, [x], padding);
    expectSame({ ...operations.permute, name: 'reshape' } as Operation, [x], { axes: [1, 0] });
    expectSame({ ...operations.reshape, name: 'permute' } as Operation, [x], { shape: [2, 6] });
  });

  test('adds overlapping windows under other names', () => {
    const windows = { axes: [1], sizes: [3], steps: [2], dilations: [1] };
    for (const name of ['slidingWindows', 'sum', 'brandNew']) {
      for (const dtype of dtypes.filter((one) => one !== 'bool')) {
        const settings = { ...windows, shape: [4, 11] };
        expectSame({ ...operations.overlapAdd, name }, [numbers(dtype, [4, 5, 3])], settings);
      }
      expectSame({ ...operations.slidingWindows, name } as Operation, [numbers('float32', [4, 11])], windows);
    }
  });

  test.each(['after', 'withDerivative', 'brandNew'])('leaves the first input unchanged under the name %s', (name) => {
    for (const dtype of dtypes) {
      for (const operation of [operations.after, operations.withDerivative]) {
        const other = numbers('float32', [3], 1).neg();
        expectSame({ ...operation, name }, [numbers(dtype, [4, 3]), other], { derivative: () => [] });
      }
    }
  });

  test('convolves under other names', () => {
    const settings: ConvolutionSettings = { strides: [1, 2], dilations: [2, 1], padding: [[1, 0], [0, 2]] }; // prettier-ignore
    for (const name of ['matmul', 'overlapAdd', 'brandNew']) {
      for (const dtype of dtypes.filter((one) => one !== 'bool')) {
        const inputs = [numbers(dtype, [2, 2, 3, 5, 6]), numbers(dtype, [2, 4, 3, 2, 3])];
        expectSame({ ...operations.convolution, name }, inputs, settings);
      }
    }
  });

  test.each(['check', 'sum', 'brandNew'])('checks values under the name %s', (name) => {
    const planted: CheckOperation = { ...check, name };
    const refuse = (at: number, [values]: readonly Numbers[]): Error =>
      new RangeError(`planted: ${values!.array[at]} at ${at} is negative. Take its absolute value.`);
    const positive = (x: Tensor): Tensor => apply(planted, [x.greaterEqual(0), x], { caller: 'planted', refuse });
    const count = variable(tensor(0));
    const counted = (x: Tensor): Tensor => {
      positive(x);
      count.assign(count.add(1));
      return x.add(count) as Tensor;
    };
    const compiled = compile(counted, backend);
    expect(compiled(tensor([1, 0, 3])).toArray()).toEqual([2, 1, 4]);
    for (const run of [counted, compiled]) {
      expect(() => run(tensor([1, -2, -3]))).toThrow(
        new RangeError('planted: -2 at 1 is negative. Take its absolute value.'),
      );
      expect(count.item()).toBe(1);
    }
  });

  test('computes another function of matrices, under whatever name', () => {
    for (const name of ['inverse', 'brandNew']) {
      const planted = matrixOperation(name, {
        result: ([[m]], factor: number) => [m + factor],
        compute(y, [a, b], [[m, n]], factor) {
          for (let row = 0; row < m; row++) y[row + factor] = factor * a[row * n]! - b[row]!;
        },
      }) as Operation;
      for (const dtype of dtypes) {
        const a = numbers(dtype, [2, 3, 4]);
        expectSame(planted, [a, numbers('float32', [2, 1, 3], 2)], 2);
        expectSame(planted, [a.permute([0, 2, 1]) as Tensor, numbers(dtype, [4, 2], 2).T.expandDims(1) as Tensor], 1);
      }
    }
  });

  test.each(['uniform', 'brandNew'])(
    'refuses another generator of the name %s, before any variable changes',
    (name) => {
      const ramp: RandomOperation = { ...operations.uniform, name, fill: (y) => y.forEach((__, at) => (y[at] = at)) };
      const count = variable(tensor(0));
      const step = compile((counter: Tensor) => {
        count.assign(count.add(1));
        return apply(ramp, [counter], { shape: [4] });
      }, backend);
      expect(() => step(tensor([1, 2], { dtype: 'int32' }))).toThrow(
        `Cannot compile ${name}: wasm knows no generator but that of uniform. ` +
          'Call the step without compile, or compute its numbers from uniform.',
      );
      expect(count.item()).toBe(0);
    },
  );
});

// A backend implements a kind by its own kernels. An operation with a reference kernel of its own would therefore have
// other results eagerly than compiled.
test('every operation has the reference kernel of its kind', async () => {
  const folder = new URL('../src/operations/', import.meta.url);
  const modules = await Promise.all(
    readdirSync(folder).map((file) => import(new URL(file, folder).href) as Promise<Readonly<Record<string, unknown>>>),
  );
  const isOperation = (value: unknown): value is Operation =>
    typeof value === 'object' && value !== null && 'kind' in value && 'forward' in value;
  const all = new Set(
    [...modules.flatMap(Object.values), ...Object.values(operations), polygamma(2)].filter(isOperation),
  );
  // Loops and their results are one operation each.
  const kernels: { readonly [K in Exclude<Kind, 'loop' | 'result' | 'matrix'>]: unknown } = {
    elementwise: loops.elementwise,
    reduce,
    search,
    view: loops.view,
    pad: loops.pad,
    concat: loops.concat,
    matmul,
    gather: indexed.gather,
    scatter: indexed.scatter,
    random: loops.random,
    overlap: overlapAdd,
    identity: loops.identity,
    convolution,
    check: checkKernel,
  };
  const others = [...all].filter(
    ({ kind, forward }) => forward !== (kernels as Readonly<Record<string, unknown>>)[kind],
  );
  expect(others.map(({ name }) => name)).toEqual([]);
  expect(new Set([...all].map(({ kind }) => kind))).toEqual(new Set(Object.keys(kernels)));
});
