// Lines after "// ✗" must not compile, with that error; all other lines must. apps/checks tests it.
import { expectTypeOf } from 'vitest';
import { concat, stack, type Tensor, tensor, variable, where, zeros } from '../src/index.ts';

declare const length: number;
const x = zeros([3, 4]);
const wrong = zeros([3, 5]);

// Equal lengths, lengths of 1, and missing axes fit, as in NumPy.
expectTypeOf(x.add(x).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(x.mul(zeros([4])).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(zeros([4]).sub(x).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(zeros([3, 1]).div(zeros([4])).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(zeros([2, 1, 4]).maximum(zeros([3, 1])).shape).toEqualTypeOf<[2, 3, 4]>();
expectTypeOf(x.pow(tensor(2)).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(zeros([0]).add(zeros([1])).shape).toEqualTypeOf<[0]>();

// Numbers and booleans fit everything.
expectTypeOf(x.add(1).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(x.equal(true).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(x.clip(0, 1).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(x.clip(zeros([4])).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(x.greater(0).where(x, 0).shape).toEqualTypeOf<[3, 4]>();
expectTypeOf(where(x.greater(0), 1, zeros([2, 1, 1])).shape).toEqualTypeOf<[2, 3, 4]>();

// ✗ Cannot broadcast [3, 4] with [3, 5]: counted from the right, lengths must be equal or 1, but 4 and 5 differ.
x.add(wrong);
// ✗ Cannot broadcast [3, 5] with [3]: counted from the right, lengths must be equal or 1, but 5 and 3 differ.
wrong.mul(zeros([3]));
// ✗ Cannot broadcast [3, 4] with [3, 5]: counted from the right, lengths must be equal or 1, but 4 and 5 differ.
x.less(variable(wrong));
// ✗ Cannot broadcast [2, 3, 4] with [2, 4]: counted from the right, lengths must be equal or 1, but 3 and 2 differ.
zeros([2, 3, 4]).add(zeros([2, 4]));
// ✗ Cannot broadcast [3, 4] with [3, 5]: counted from the right, lengths must be equal or 1, but 4 and 5 differ.
x.clip(0, wrong);
// ✗ Cannot broadcast [3, 4] with [3, 5]: counted from the right, lengths must be equal or 1, but 4 and 5 differ.
where(x.greater(0), wrong, 0);
// ✗ Cannot broadcast [number, 4] with [3, 5]: counted from the right, lengths must be equal or 1, but 4 and 5 differ.
zeros([length, 4]).add(wrong);
// ✗ Cannot broadcast [..., 4] with [3, 5]: counted from the right, lengths must be equal or 1, but 4 and 5 differ.
(x as Tensor<[...number[], 4]>).add(wrong);

// Joining.
expectTypeOf(concat([x, wrong], 1).shape).toEqualTypeOf<[3, 9]>();
expectTypeOf(concat([zeros([999, 2]), zeros([1, 2]), zeros([64, 2])]).shape).toEqualTypeOf<[1064, 2]>();
expectTypeOf(concat([x, zeros([length, 4])]).shape).toEqualTypeOf<[number, 4]>();
expectTypeOf(stack([x, x]).shape).toEqualTypeOf<[2, 3, 4]>();
expectTypeOf(stack([x, x, x], -1).shape).toEqualTypeOf<[3, 4, 3]>();

// ✗ Cannot concat [3, 4] and [3, 5]: all lengths but those of axis 0 must be equal.
concat([x, wrong]);
// ✗ There is no axis 2: [3, 4] has axes -2 … 1.
concat([x], 2);
// ✗ Cannot stack [3, 4] and [3, 5]: the shapes must be equal.
stack([x, wrong]);
