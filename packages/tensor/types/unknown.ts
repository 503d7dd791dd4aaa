// Lines after "// ✗" must not compile, with that error; all other lines must. apps/checks tests it.
// What is not known passes: unknown lengths, unknown ranks, and the open shapes inside generic functions.
import { expectTypeOf } from 'vitest';
import {
  concat,
  type Nested,
  ones,
  randomState,
  type Shape,
  stack,
  type Tensor,
  tensor,
  type Variable,
  variable,
  watch,
  where,
  zeros,
} from '../src/index.ts';

declare const plain: Tensor;
declare const batch: Tensor<[number, 4]>;
declare const rows: Tensor<[...number[], 4]>;
const x = zeros([3, 4]);

// Lengths.
expectTypeOf(batch.add(x).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(batch.add(batch).shape).toEqualTypeOf<[number, 4]>();
expectTypeOf(batch.add(zeros([1, 4])).shape).toEqualTypeOf<[number, 4]>();
expectTypeOf(batch.matmul(zeros([4, 2])).shape).toEqualTypeOf<[number, 2]>();
expectTypeOf(x.T.matmul(batch).shape).toEqualTypeOf<[4, 4]>();
expectTypeOf(batch.sum(0).shape).toEqualTypeOf<[4]>();
expectTypeOf(concat([batch, batch]).shape).toEqualTypeOf<[number, 4]>();
batch.reshape([7, 4]).add(batch.expand([1, 4]).squeeze(0));

// Rank.
expectTypeOf(plain.add(x)).toEqualTypeOf<Tensor>();
expectTypeOf(x.add(plain)).toEqualTypeOf<Tensor>();
expectTypeOf(plain.add(1)).toEqualTypeOf<Tensor>();
expectTypeOf(plain.matmul(x)).toEqualTypeOf<Tensor>();
expectTypeOf(x.matmul(plain)).toEqualTypeOf<Tensor>();
expectTypeOf(plain.T).toEqualTypeOf<Tensor>();
expectTypeOf(plain.reshape([-1, 3]).shape).toEqualTypeOf<[number, 3]>();
expectTypeOf(plain.expandDims(5)).toEqualTypeOf<Tensor>();
expectTypeOf(concat([plain, x], 9)).toEqualTypeOf<Tensor>();
expectTypeOf(stack([plain, plain])).toEqualTypeOf<Tensor>();
expectTypeOf(concat([] as Tensor[], 1)).toEqualTypeOf<Tensor>();
expectTypeOf(where(plain, x, 0)).toEqualTypeOf<Tensor>();
for (const row of plain) expectTypeOf(row).toEqualTypeOf<Tensor>();
plain.permute([2, 0]).squeeze(1).take(plain, 0).slice(0, [1]).dot(x).sumTo([2]);

// Rows of a known length.
expectTypeOf(rows.add(x).shape).toEqualTypeOf<[...number[], 4]>();
expectTypeOf(rows.mul(2).shape).toEqualTypeOf<[...number[], 4]>();
expectTypeOf(rows.matmul(zeros([4, 2])).shape).toEqualTypeOf<[...number[], 2]>();
rows.sum(3).add(rows.T);

// What is known more precisely can stand for what is known less.
export const upwards: readonly Tensor[] = [x, batch, rows, variable(x)];
export const lengths: readonly Tensor<[number, number]>[] = [x, batch];
export const variables: readonly Variable[] = [variable(x), variable(batch)];
export const partly: Tensor<readonly [3, number]> = x;

// The other way round it cannot.
// ✗ Type 'Tensor<Shape>' is not assignable to type 'Tensor<[3, 4]>'.
export const downwards: Tensor<[3, 4]> = plain;
// ✗ Type 'Tensor<[3, 4]>' is not assignable to type 'Tensor<[3, 5]>'.
export const sideways: Tensor<[3, 5]> = x;
export const asserted: Tensor<[3, 4]> = plain as Tensor<[3, 4]>;

// Generic functions: what S will be is seen where they are called.
export function swish<S extends Shape>(x: Tensor<S>): Tensor<S> {
  expectTypeOf(x.neg().exp().add(1)).toEqualTypeOf<Tensor<S>>();
  return x.div(x.neg().exp().add(1)) as Tensor<S>;
}
export function softmax<S extends Shape>(x: Tensor<S>, axis: number | readonly number[] = -1): Tensor<S> {
  const powers = x.sub(x.max(axis, { keepdims: true })).exp();
  return powers.div(powers.sum(-1, { keepdims: true })) as Tensor<S>;
}
export function everything<S extends Shape, R extends Shape>(x: Tensor<S>, y: Tensor<R>): Tensor {
  expectTypeOf(x.sub(y).pow(2).mean().shape).toEqualTypeOf<[]>();
  const joined: Tensor = concat([x, y], 1).add(stack([x, x.add(y)]));
  const product: Tensor = x
    .matmul(y)
    .dot(zeros([3, 4]))
    .matmul(x.T)
    .reshape([3, -1])
    .expandDims(0);
  const moved: Tensor = x.permute([1, 0]).squeeze(0).expand(y.shape).slice(0).take(y, 1);
  for (const row of x) row.add(zeros([3, 4])).add(y);
  return zeros([3, 4])
    .add(x)
    .add(joined)
    .add(product)
    .add(where(x, y, 0))
    .add(moved.sumTo(x.shape));
}
expectTypeOf(swish(x).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(softmax(batch, 0).shape).toEqualTypeOf<[number, 4]>();

// Making tensors.
expectTypeOf(
  tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ]).shape,
).toEqualTypeOf<[3, 2]>();
expectTypeOf(tensor(1).shape).toEqualTypeOf<[]>();
expectTypeOf(tensor([true, false]).shape).toEqualTypeOf<[2]>();
expectTypeOf(tensor([]).shape).toEqualTypeOf<[0]>();
expectTypeOf(tensor([[]]).shape).toEqualTypeOf<[1, 0]>();
expectTypeOf(tensor([1, 2] as number[]).shape).toEqualTypeOf<[number]>();
expectTypeOf(tensor([[1, 2]] as number[][]).shape).toEqualTypeOf<[number, number]>();
expectTypeOf(tensor(new Float64Array(3)).shape).toEqualTypeOf<[number]>();
expectTypeOf(tensor([1] as Nested)).toEqualTypeOf<Tensor>();
expectTypeOf(zeros([] as number[]).shape).toEqualTypeOf<number[]>();
expectTypeOf(ones(plain.shape)).toEqualTypeOf<Tensor>();
expectTypeOf(randomState(0).normal([3, 4]).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(randomState(0).randn(3, 4).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(variable(zeros([3, 4])).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(watch(zeros([3, 4])).shape).toEqualTypeOf<[3, 4]>();
