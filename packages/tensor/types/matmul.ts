// Lines after "// ✗" must not compile, with that error; all other lines must. apps/checks tests it.
import { expectTypeOf } from 'vitest';
import { variable, zeros } from '../src/index.ts';

declare const length: number;
const x = zeros([300, 2]);
const weight = zeros([64, 2]);

// ✗ Cannot multiply matrices [300, 2] × [64, 2]: the columns of the first (2) must equal the rows of the second (64).
x.matmul(weight);
expectTypeOf(x.matmul(weight.T).shape).toEqualTypeOf<[300, 64]>();
expectTypeOf(x.matmul(variable(weight).T).shape).toEqualTypeOf<[300, 64]>();

// A vector is a row on the left and a column on the right.
expectTypeOf(x.matmul(zeros([2])).shape).toEqualTypeOf<[300]>();
expectTypeOf(zeros([64]).matmul(weight).shape).toEqualTypeOf<[2]>();
expectTypeOf(zeros([2]).matmul(zeros([2])).shape).toEqualTypeOf<[]>();

// Batches are broadcast.
expectTypeOf(zeros([7, 3, 4]).matmul(zeros([4, 5])).shape).toEqualTypeOf<[7, 3, 5]>();
expectTypeOf(zeros([7, 1, 3, 4]).matmul(zeros([6, 4, 5])).shape).toEqualTypeOf<[7, 6, 3, 5]>();
expectTypeOf(zeros([length, 2]).matmul(weight.T).shape).toEqualTypeOf<[number, 64]>();

// ✗ Cannot multiply matrices [1, 3] × [1, 3]: the columns of the first (3) must equal the rows of the second (1).
zeros([1, 3]).matmul(zeros([1, 3]));
// ✗ Cannot multiply matrices [64] × [2, 64]: the columns of the first (64) must equal the rows of the second (2).
zeros([64]).matmul(weight.T);
// ✗ Cannot multiply matrices [2, 3, 4] × [3, 4, 5]: the batch axes do not broadcast, 2 and 3 differ.
zeros([2, 3, 4]).matmul(zeros([3, 4, 5]));
// ✗ Cannot multiply matrices [300, 2] × []: both must have at least one axis. Use mul for a scalar.
x.matmul(zeros([]));

// dot: scalars multiply, the last axis of the first is contracted with the last but one of the second.
expectTypeOf(x.dot(2).shape).toEqualTypeOf<[300, 2]>();
expectTypeOf(x.dot(weight.T).shape).toEqualTypeOf<[300, 64]>();
expectTypeOf(zeros([3, 4]).dot(zeros([2, 4, 5])).shape).toEqualTypeOf<[3, 2, 5]>();
expectTypeOf(zeros([]).dot(x).shape).toEqualTypeOf<[300, 2]>();

// ✗ Cannot multiply matrices [300, 2] × [64, 2]: the columns of the first (2) must equal the rows of the second (64).
x.dot(weight);
