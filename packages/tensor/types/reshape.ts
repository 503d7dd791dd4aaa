// Lines after "// ✗" must not compile, with that error; all other lines must. apps/checks tests it.
import { expectTypeOf } from 'vitest';
import { type Tensor, zeros } from '../src/index.ts';

declare const length: number;
declare const lengths: number[];
declare const images: Tensor<[number, 28, 28]>;
const x = zeros([3, 4]);

expectTypeOf(x.reshape([4, 3]).shape).toEqualTypeOf<[4, 3]>();
expectTypeOf(x.reshape([2, -1]).shape).toEqualTypeOf<[2, 6]>();
expectTypeOf(zeros([300, 64]).reshape([-1]).shape).toEqualTypeOf<[19200]>();
expectTypeOf(zeros([300, 64]).reshape([150, -1]).shape).toEqualTypeOf<[150, 128]>();
expectTypeOf(zeros([60000, 28, 28]).reshape([-1, 784]).shape).toEqualTypeOf<[60000, 784]>();
expectTypeOf(zeros([65536, 32767]).reshape([32767, -1]).shape).toEqualTypeOf<[32767, 65536]>();
expectTypeOf(zeros([1]).reshape([]).shape).toEqualTypeOf<[]>();
expectTypeOf(images.reshape([-1, 784]).shape).toEqualTypeOf<[number, 784]>();
expectTypeOf(x.reshape([length, 6]).shape).toEqualTypeOf<[number, 6]>();
expectTypeOf(x.reshape(lengths)).toEqualTypeOf<Tensor>();

// ✗ Cannot reshape [3, 4] to [5, 2]: the first has 12 elements, the second 10.
x.reshape([5, 2]);
// ✗ Cannot reshape [300, 64] to [300, 65]: the first has 19200 elements, the second 19500.
zeros([300, 64]).reshape([300, 65]);
// ✗ Cannot reshape [3, 4] to [5, -1]: no length for -1 gives 12 elements.
x.reshape([5, -1]);

expectTypeOf(x.expand([2, 3, 4]).shape).toEqualTypeOf<[2, 3, 4]>();
expectTypeOf(zeros([3, 1]).expand([3, 7]).shape).toEqualTypeOf<[3, 7]>();
expectTypeOf(zeros([length]).expand([2, 3]).shape).toEqualTypeOf<[2, 3]>();

// ✗ Cannot expand [3, 4] to [3, 5]: counted from the right, each length must be 1 or stay the same.
x.expand([3, 5]);
// ✗ Cannot expand [3, 4] to [4]: counted from the right, each length must be 1 or stay the same.
x.expand([4]);
