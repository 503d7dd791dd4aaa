import { describe, expect, test } from 'vitest';
import {
  type DType,
  DTypeError,
  full,
  fromTypedArray,
  logSumExp,
  pad,
  type Tensor,
  tensor,
  variable,
  where,
  zeros,
} from '../src/index.ts';
import { allocate, classOf, storedIn } from '../src/dtype.ts';
import type { Operation } from '../src/operation.ts';
import { operations } from '../src/operations/index.ts';
import { apply } from '../src/tensor.ts';

const dtypes = ['bool', 'int32', 'float32', 'float64'] as const;

/** The dtype of the result for two input dtypes, row by column in the order above. */
type Table = readonly [readonly DType[], readonly DType[], readonly DType[], readonly DType[]];

// Operations that move or select elements: the stronger dtype.
const stronger: Table = [
  ['bool', 'int32', 'float32', 'float64'],
  ['int32', 'int32', 'float32', 'float64'],
  ['float32', 'float32', 'float32', 'float64'],
  ['float64', 'float64', 'float64', 'float64'],
];

// Booleans count as the integers 0 and 1.
const arithmetic: Table = [
  ['int32', 'int32', 'float32', 'float64'],
  ['int32', 'int32', 'float32', 'float64'],
  ['float32', 'float32', 'float32', 'float64'],
  ['float64', 'float64', 'float64', 'float64'],
];

// Functions of real numbers.
const real: Table = [
  ['float32', 'float32', 'float32', 'float64'],
  ['float32', 'float32', 'float32', 'float64'],
  ['float32', 'float32', 'float32', 'float64'],
  ['float64', 'float64', 'float64', 'float64'],
];

const comparison: Table = [
  ['bool', 'bool', 'bool', 'bool'],
  ['bool', 'bool', 'bool', 'bool'],
  ['bool', 'bool', 'bool', 'bool'],
  ['bool', 'bool', 'bool', 'bool'],
];

// Indices are int32.
const index: Table = [
  ['int32', 'int32', 'int32', 'int32'],
  ['int32', 'int32', 'int32', 'int32'],
  ['int32', 'int32', 'int32', 'int32'],
  ['int32', 'int32', 'int32', 'int32'],
];

/** A call of an operation with inputs of the two dtypes; an operation of one input takes the first. */
interface Call {
  readonly table: Table;
  readonly call: (operation: Operation, a: Tensor, b: Tensor) => Tensor;
  readonly inputs: 1 | 2;
}

const one = (table: Table, settings?: unknown): Call => ({
  table,
  inputs: 1,
  call: (operation, a) => apply(operation, [a], settings as never),
});
const two = (table: Table, settings?: unknown): Call => ({
  table,
  inputs: 2,
  call: (operation, a, b) => apply(operation, [a, b], settings as never),
});
const all = { axes: [0], keepdims: false };
const indices = tensor([1, 0], { dtype: 'int32' }) as Tensor;

const calls: { readonly [Name in keyof typeof operations]: Call | 'see below' } = {
  add: two(arithmetic),
  sub: two(arithmetic),
  mul: two(arithmetic),
  pow: two(arithmetic),
  neg: one(arithmetic),
  abs: one(arithmetic),
  sign: one(arithmetic),
  floor: one(arithmetic),
  ceil: one(arithmetic),
  round: one(arithmetic),
  sum: one(arithmetic, all),
  prod: one(arithmetic, all),
  overlapAdd: {
    table: arithmetic,
    inputs: 1,
    call: (operation, a) =>
      apply(operation, [a.expandDims(1)], {
        shape: [2],
        axes: [0],
        sizes: [1],
        steps: [1],
        dilations: [1],
      } as never),
  },
  convolution: {
    table: arithmetic,
    inputs: 2,
    call: (operation, a, b) =>
      apply(
        operation,
        [a.reshape([1, 1, 1, 2]), b.reshape([1, 1, 1, 2])] as never,
        {
          strides: [1],
          dilations: [1],
          padding: [[0, 0]],
        } as never,
      ),
  },
  matmul: {
    table: arithmetic,
    inputs: 2,
    call: (operation, a, b) => apply(operation, [a.expandDims(0), b.expandDims(1)], undefined as never),
  },
  scatterAdd: {
    table: arithmetic,
    inputs: 2,
    call: (operation, a, b) => apply(operation, [a, indices, b], { axis: 0 } as never),
  },

  div: two(real),
  exp: one(real),
  log: one(real),
  log1p: one(real),
  expm1: one(real),
  sqrt: one(real),
  sin: one(real),
  cos: one(real),
  tanh: one(real),
  erf: one(real),

  tan: one(real),
  asin: one(real),
  acos: one(real),
  atan: one(real),
  sinh: one(real),
  cosh: one(real),
  asinh: one(real),
  acosh: one(real),
  atanh: one(real),
  log2: one(real),
  log10: one(real),
  exp2: one(real),
  erfc: one(real),
  lgamma: one(real),
  digamma: one(real),
  polygamma1: one(real),
  atan2: two(real),
  trunc: one(arithmetic),
  roundFloat16: 'see below',
  fmod: two(arithmetic),
  remainder: two(arithmetic),
  floorDivide: two(arithmetic),
  truncateDivide: two(arithmetic),

  maximum: two(stronger),
  minimum: two(stronger),
  max: one(stronger, all),
  min: one(stronger, all),
  clip: { table: stronger, inputs: 2, call: (operation, a, b) => apply(operation, [a, b, b], undefined as never) },
  where: {
    table: stronger,
    inputs: 2,
    call: (operation, a, b) => apply(operation, [tensor([true, false]), a, b], undefined as never),
  },
  reshape: one(stronger, { shape: [2, 1] }),
  permute: one(stronger, { axes: [0] }),
  expand: one(stronger, { shape: [3, 2] }),
  slice: one(stronger, { starts: [0], steps: [1], counts: [1] }),
  pad: one(stronger, { shape: [2], starts: [1], steps: [1], value: 0 }),
  slidingWindows: one(stronger, { axes: [0], sizes: [2], steps: [1], dilations: [1] }),
  detach: one(stronger),
  watch: one(stronger),
  gather: { table: stronger, inputs: 1, call: (operation, a) => apply(operation, [a, indices], { axis: 0 } as never) },

  equal: two(comparison),
  notEqual: two(comparison),
  less: two(comparison),
  lessEqual: two(comparison),
  greater: two(comparison),
  greaterEqual: two(comparison),
  logicalAnd: two(comparison),
  logicalOr: two(comparison),
  logicalXor: two(comparison),
  logicalNot: one(comparison),
  any: one(comparison, all),
  all: one(comparison, all),

  argmax: one(index, { axis: 0, keepdims: false }),
  argmin: one(index, { axis: 0, keepdims: false }),

  bitwiseAnd: 'see below',
  bitwiseOr: 'see below',
  bitwiseXor: 'see below',
  bitwiseNot: 'see below',
  leftShift: 'see below',
  rightShift: 'see below',
  cast: 'see below',
  concat: 'see below',
  uniform: 'see below',
  withDerivative: 'see below',
  after: 'see below',
};

const known = Object.entries(calls).flatMap(([name, call]) =>
  call === 'see below' ? [] : [{ name: name as keyof typeof operations, ...call }],
);

/** Numbers that every dtype holds, away from the limits of all operations. */
const values = (dtype: DType): Tensor => {
  const array = allocate(dtype, 2);
  array.set([1, 1]);
  return fromTypedArray(array, [2], { dtype }) as Tensor;
};

describe('the dtype of a result', () => {
  test('is tested for every operation', () => {
    expect(Object.keys(calls).toSorted()).toEqual(Object.keys(operations).toSorted());
  });

  test.each(known)('of $name is that in the table, for every pair of dtypes', ({ name, table, call, inputs }) => {
    for (const [row, a] of dtypes.entries()) {
      for (const [column, b] of dtypes.entries()) {
        const result = call(operations[name], values(a), values(b));
        const wanted = table[row]![inputs === 1 ? row : column]!;
        expect({ a, b, dtype: result.dtype }).toEqual({ a, b, dtype: wanted });
        expect({ a, b, dtype: storedIn(classOf(result.data)) }).toEqual({ a, b, dtype: wanted });
      }
    }
  });

  test.each(known.filter(({ inputs }) => inputs === 2))(
    'of $name comes with its digits: mixing is casting first',
    ({ name, call, table }) => {
      const numbers: Readonly<Record<(typeof dtypes)[number], Tensor>> = {
        bool: tensor([true, true]) as Tensor,
        int32: tensor([3, 16_777_217], { dtype: 'int32' }) as Tensor,
        float32: tensor([0.1, 2.7]) as Tensor,
        float64: tensor([0.1, 2.7], { dtype: 'float64' }) as Tensor,
      };
      for (const [row, a] of dtypes.entries()) {
        for (const [column, b] of dtypes.entries()) {
          // An operation on float64 and another dtype is computed in float64.
          if (a !== 'float64' && b !== 'float64') continue;
          const mixed = call(operations[name], numbers[a], numbers[b]);
          const cast = call(operations[name], numbers[a].cast('float64'), numbers[b].cast('float64'));
          expect(mixed.dtype).toBe(table[row]![column]);
          expect([...mixed.data]).toEqual([...cast.data]);
        }
      }
    },
  );

  test('of a cast is the given one', () => {
    for (const from of dtypes) {
      for (const to of dtypes) expect(values(from).cast(to).dtype).toBe(to);
    }
  });

  test('of an identity is that of its first input', () => {
    for (const from of dtypes) {
      for (const { kind, name } of [operations.after, operations.withDerivative]) {
        const result = apply(operations[name as 'after'], [values(from), values('float64')], { derivative: () => [] });
        expect([kind, result.dtype]).toEqual(['identity', from]);
      }
    }
  });

  test('of numbers rounded to float16 is float32', () => {
    for (const from of dtypes) {
      expect(apply(operations.roundFloat16, [values(from)], undefined).dtype).toBe('float32');
    }
  });

  test('of concatenated tensors is the strongest; bool is concatenated only with bool', () => {
    const { concat } = operations;
    for (const a of dtypes) {
      for (const b of dtypes) {
        const join = (): Tensor => apply(concat, [values(a), values(b)], { axis: 0 });
        if ((a === 'bool') === (b === 'bool')) {
          expect(join().dtype).toBe(stronger[dtypes.indexOf(a)]![dtypes.indexOf(b)]);
        } else expect(join).toThrow(DTypeError);
      }
    }
  });

  test('of means and variances of int32 and bool is float64, as in NumPy', () => {
    expect(dtypes.map((dtype) => values(dtype).mean().dtype)).toEqual(['float64', 'float64', 'float32', 'float64']);
    expect(dtypes.map((dtype) => values(dtype).var().dtype)).toEqual(['float64', 'float64', 'float32', 'float64']);
    expect(dtypes.map((dtype) => values(dtype).std().dtype)).toEqual(['float64', 'float64', 'float32', 'float64']);
    expect(dtypes.map((dtype) => logSumExp(values(dtype)).dtype)).toEqual(['float32', 'float32', 'float32', 'float64']);
  });
});

describe('a JavaScript number gets the dtype of the other operand', () => {
  test.each([
    ['bool', 2, 'int32'],
    ['bool', 0.5, 'float32'],
    ['bool', true, 'int32'],
    ['int32', 2, 'int32'],
    ['int32', 0.5, 'float32'],
    ['int32', NaN, 'float32'],
    ['int32', Infinity, 'float32'],
    ['int32', true, 'int32'],
    ['float32', 2, 'float32'],
    ['float32', 1e300, 'float32'],
    ['float32', true, 'float32'],
    ['float64', 2, 'float64'],
    ['float64', 0.1, 'float64'],
    ['float64', true, 'float64'],
  ] as const)('%s + %s is %s', (dtype, number, wanted) => {
    expect(values(dtype).add(number).dtype).toBe(wanted);
  });

  test('and is rounded once, to that dtype', () => {
    expect(tensor([0]).add(0.1).item()).toBe(Math.fround(0.1));
    expect(tensor([0], { dtype: 'float64' }).add(0.1).item()).toBe(0.1);
    expect(tensor([0.1]).equal(0.1).item()).toBe(1);
  });

  test('and is refused where int32 cannot hold it', () => {
    const x = tensor([1], { dtype: 'int32' });
    expect(() => x.add(3e9)).toThrow(DTypeError);
    expect(() => x.add(3e9)).toThrow('add: 3000000000 lies outside int32. Use float64 for such numbers.');
    expect(x.add(2 ** 31 - 1).dtype).toBe('int32');
    expect(x.mul(-(2 ** 31)).item()).toBe(-(2 ** 31));
    expect(x.cast('float64').add(3e9).item()).toBe(3_000_000_001);
  });

  test('and is float32 in where without other tensors, as tensor() makes it', () => {
    const condition = tensor([true, false]);
    expect(where(condition, 1, 0).dtype).toBe('float32');
    expect(where(condition, 3e9, 0).toArray()).toEqual([3e9, 0]);
    expect(where(condition, true, false).dtype).toBe('bool');
    expect(where(condition, true, 0).dtype).toBe('float32');
    expect(where(condition, tensor([1, 2], { dtype: 'int32' }), 0).dtype).toBe('int32');
    expect(where(condition, 0.5, tensor([1, 2], { dtype: 'int32' })).dtype).toBe('float32');
    expect(where(condition, tensor([1, 2], { dtype: 'float64' }), 0.1).toArray()).toEqual([1, 0.1]);
  });
});

describe('nothing is narrowed silently', () => {
  test('a variable takes values of its own dtype', () => {
    const count = variable(tensor(1, { dtype: 'int32' })) as ReturnType<typeof variable>;
    expect(() => count.assign(tensor(1.5))).toThrow(DTypeError);
    expect(() => count.assign(1.5)).toThrow(DTypeError);
    expect(() => count.assign(1.5)).toThrow(
      "assign: the value of variable must be int32, got float32. Add .cast('int32').",
    );
    expect(() => count.assign(3e9)).toThrow(DTypeError);
    expect(count.item()).toBe(1);
    count.assign(7);
    expect(count.item()).toBe(7);
  });

  test('making an int32 tensor truncates fractions, as NumPy does, but refuses what int32 cannot hold', () => {
    expect(tensor([1.7, -1.7], { dtype: 'int32' }).toArray()).toEqual([1, -1]);
    for (const value of [NaN, Infinity, 2 ** 31, -(2 ** 31) - 1]) {
      expect(() => tensor([0, value], { dtype: 'int32' })).toThrow(DTypeError);
      expect(() => tensor(Float64Array.of(0, value), { dtype: 'int32' })).toThrow(DTypeError);
      expect(() => full([2], value, { dtype: 'int32' })).toThrow(
        `full: ${value} lies outside int32. Use float64 for such numbers.`,
      );
    }
  });

  test('the value of a pad gets the dtype of the tensor, or is refused', () => {
    const whole = tensor([1, 2], { dtype: 'int32' });
    expect(pad(whole, 1, { value: 7 }).toArray()).toEqual([7, 1, 2, 7]);
    expect(() => pad(whole, 1, { value: 0.5 })).toThrow(
      "pad: int32 cannot hold the value 0.5. Write x.cast('float32') first.",
    );
    expect(() => pad(tensor([true]), 1, { value: 2 })).toThrow(DTypeError);
    expect(pad(tensor([false]), 1, { value: 1 }).toArray()).toEqual([true, false, true]);
  });
});

// float32 holds 16777216 = 2²⁴ and 16777218, but not 16777217: int32 operands of float32 operations are rounded first.
test('int32 beside float32 is rounded to float32 before the operation', () => {
  const integer = tensor([16777217], { dtype: 'int32' });
  const real = tensor([16777216]);
  expect(integer.sub(real).item()).toBe(0);
  expect(real.sub(integer).item()).toBe(0);
  expect(integer.equal(real).item()).toBe(1);
  expect(integer.greater(real).item()).toBe(0);
  expect(integer.sub(16777216.5).item()).toBe(0);
  expect(integer.sin().item()).toBe(real.sin().item());
  expect(integer.reshape([1, 1]).matmul(tensor([[1, -1]])).data).toEqual(new Float32Array([16777216, -16777216]));
  expect(
    zeros([1])
      .scatterAdd(tensor([0], { dtype: 'int32' }), integer, 0)
      .item(),
  ).toBe(16777216);
  // float64 and int32 hold it.
  expect(integer.sub(real.cast('float64')).item()).toBe(1);
  expect(integer.sub(16777216).item()).toBe(1);
});

test('views of int32 beside float32 are rounded element by element', () => {
  const x = tensor(
    [
      [16777217, 1],
      [-16777219, 2],
    ],
    { dtype: 'int32' },
  );
  const zero = tensor(0.0);
  const rounded = [16777216, 1, -16777220, 2];
  expect([...x.add(zero).data]).toEqual(rounded);
  expect([...x.T.add(zero).data]).toEqual([16777216, -16777220, 1, 2]);
  expect([...x.flip(0).add(zero).data]).toEqual([-16777220, 2, 16777216, 1]);
  expect([...x.slice(1).add(zero).data]).toEqual([-16777220, 2]);
  expect([...x.slice([], [0, 1]).add(zero).data]).toEqual([16777216, -16777220]);
  expect([...x.expand([3, 2, 2]).add(zero).data]).toEqual([...rounded, ...rounded, ...rounded]);
  expect(x.toArray()).toEqual([
    [16777217, 1],
    [-16777219, 2],
  ]);
});
