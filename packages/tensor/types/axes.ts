// Lines after "// ✗" must not compile, with that error; all other lines must. apps/checks tests it.
import { expectTypeOf } from 'vitest';
import { type Axis, logSumExp, oneHot, pad, split, type Tensor, tensor, zeros } from '../src/index.ts';

declare const axis: number;
declare const someAxes: number[];
declare const anyAxis: Axis | undefined;
declare const keepdims: boolean;
const x = zeros([2, 3, 4]);

expectTypeOf(x.sum().shape).toEqualTypeOf<[]>();
expectTypeOf(x.mean(0).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(x.max(-1).shape).toEqualTypeOf<[2, 3]>();
expectTypeOf(x.min([0, -1]).shape).toEqualTypeOf<[3]>();
expectTypeOf(x.any([2, 0, 1]).shape).toEqualTypeOf<[]>();
expectTypeOf(x.sum(1, { keepdims: true }).shape).toEqualTypeOf<[2, 1, 4]>();
expectTypeOf(x.sum(undefined, { keepdims: true }).shape).toEqualTypeOf<[1, 1, 1]>();
expectTypeOf(x.var(1, { correction: 1 }).shape).toEqualTypeOf<[2, 4]>();
expectTypeOf(x.prod([0, 1]).shape).toEqualTypeOf<[4]>();
expectTypeOf(logSumExp(x, -1, { keepdims: true }).shape).toEqualTypeOf<[2, 3, 1]>();
expectTypeOf(x.argmax(1).shape).toEqualTypeOf<[2, 4]>();
expectTypeOf(x.sub(x.mean(-1, { keepdims: true })).shape).toEqualTypeOf<[2, 3, 4]>();

// Axes that are not known leave any rank, or with keepdims the rank.
expectTypeOf(x.sum(axis)).toEqualTypeOf<Tensor>();
expectTypeOf(x.sum(someAxes)).toEqualTypeOf<Tensor>();
expectTypeOf(x.sum(anyAxis)).toEqualTypeOf<Tensor>();
expectTypeOf(x.sum(0, { keepdims })).toEqualTypeOf<Tensor>();
expectTypeOf(x.sum(axis, { keepdims: true }).shape).toEqualTypeOf<[number, number, number]>();
expectTypeOf((x as Tensor).sum().shape).toEqualTypeOf<[]>();
expectTypeOf((x as Tensor).sum(7)).toEqualTypeOf<Tensor>();

// ✗ There is no axis 3: [2, 3, 4] has axes -3 … 2.
x.sum(3);
// ✗ There is no axis -4: [2, 3, 4] has axes -3 … 2.
x.mean([0, -4]);
// ✗ There is no axis 1: [3] has axes -1 … 0.
zeros([3]).max(1, { keepdims: true });
// ✗ There is no axis 0: a scalar has no axes.
zeros([]).argmax(0);
// ✗ There is no axis 2: [3, 4] has axes -2 … 1.
zeros([3, 4]).flip(2);

expectTypeOf(x.T.shape).toEqualTypeOf<[4, 3, 2]>();
expectTypeOf(x.transpose().shape).toEqualTypeOf<[4, 3, 2]>();
expectTypeOf(x.mT.shape).toEqualTypeOf<[2, 4, 3]>();
expectTypeOf(x.permute([2, 0, -2]).shape).toEqualTypeOf<[4, 2, 3]>();
expectTypeOf(x.squeeze().shape).toEqualTypeOf<[2, 3, 4]>();
expectTypeOf(zeros([1, 3, 1]).squeeze().shape).toEqualTypeOf<[3]>();
expectTypeOf(zeros([1, 3, 1]).squeeze(-1).shape).toEqualTypeOf<[1, 3]>();
expectTypeOf(zeros([1, 3, 1]).squeeze([0, 2]).shape).toEqualTypeOf<[3]>();
expectTypeOf(x.expandDims(0).shape).toEqualTypeOf<[1, 2, 3, 4]>();
expectTypeOf(x.expandDims(-1).shape).toEqualTypeOf<[2, 3, 4, 1]>();

// ✗ Cannot permute [2, 3, 4] by [0, 1]: each of its 3 axes must be listed once.
x.permute([0, 1]);
// ✗ Cannot permute [2, 3, 4] by [0, 1, 1]: each of its 3 axes must be listed once.
x.permute([0, 1, 1]);
// ✗ Cannot squeeze [2, 3, 4]: only an axis of length 1 can be dropped, and this one has 3.
x.squeeze(1);
// ✗ There is no axis 3: [2, 3, 4] has axes -3 … 2.
x.squeeze(3);
// ✗ Cannot insert axis 4 into [2, 3, 4]: the result has axes -4 … 3.
x.expandDims(4);

expectTypeOf(x.slice(0).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(x.slice([1, 2], [], -1).shape).toEqualTypeOf<[number, 3]>();
expectTypeOf(x.flip(1).shape).toEqualTypeOf<[2, 3, 4]>();
expectTypeOf(pad(x, 1).shape).toEqualTypeOf<[number, number, number]>();
expectTypeOf(split(x, 2, -1)).toEqualTypeOf<Tensor<[2, 3, number]>[]>();
for (const row of x) expectTypeOf(row.shape).toEqualTypeOf<[3, 4]>();

const indices = tensor([0, 1, 1], { dtype: 'int32' });
expectTypeOf(x.take(indices, 1).shape).toEqualTypeOf<[2, 3, 4]>();
expectTypeOf(x.take(zeros([5, 6], { dtype: 'int32' }), -1).shape).toEqualTypeOf<[2, 3, 5, 6]>();
expectTypeOf(zeros([3]).gather(indices, 0).shape).toEqualTypeOf<[3]>();
expectTypeOf(oneHot(indices, 10).shape).toEqualTypeOf<[3, 10]>();

// ✗ There is no axis 3: [2, 3, 4] has axes -3 … 2.
x.take(indices, 3);
