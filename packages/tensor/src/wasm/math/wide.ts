import type { Local } from '../function-body.ts';
import * as op from '../opcode.ts';
import { compute, keep, type Formula } from './formula.ts';

// What formulas need that go through float64 on their way.

/** A polynomial by Horner’s rule on two float64 lanes, highest power first, never fused. */
export function polynomial64(l: Formula, x: Local, [first, ...rest]: readonly number[]): Local {
  return rest.reduce<Local | number>(
    (sum, coefficient) => compute(l, op.f64x2_add, compute(l, op.f64x2_mul, sum, x), coefficient),
    first!,
  ) as Local;
}

/** The four float32 lanes as twice two float64 lanes. */
export function doublesOf(l: Formula, x: Local): [Local, Local] {
  l.f.do(op.i8x16_shuffle, x, x).with(8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
  const upper = keep(l);
  return [compute(l, op.f64x2_promote_low_f32x4, x), compute(l, op.f64x2_promote_low_f32x4, upper)];
}

/**
 * The nearest whole number of each float64, as int32 lanes, and by `rest` what is left, as float32 lanes. Numbers
 * from 2³¹ on keep the last 32 bits of the whole number.
 */
export function nearest(
  l: Formula,
  halves: readonly Local[],
  rest: (whole: Local, half: number) => Local,
): { whole: Local; rest: Local } {
  // Among numbers of this size, neighbours are 1 apart: the sum is rounded to a whole number, in the lowest bits.
  const magic = 1.5 * 2 ** 52;
  const [wholes, rests] = [[], []] as [Local[], Local[]];
  halves.forEach((half, at) => {
    const shifted = compute(l, op.f64x2_add, half, magic);
    wholes.push(shifted);
    rests.push(compute(l, op.f32x4_demote_f64x2_zero, rest(compute(l, op.f64x2_sub, shifted, magic), at)));
  });
  const together = ([a, b]: readonly Local[], bytes: readonly number[]): Local => {
    l.f.do(op.i8x16_shuffle, a!, b!).with(...bytes);
    return keep(l);
  };
  return {
    whole: together(wholes, [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27]),
    rest: together(rests, [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23]),
  };
}
