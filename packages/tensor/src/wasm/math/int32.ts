import type { Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { v128 } from '../assembler/opcode.ts';
import { compute, type Formula, shift, store, type WriteFormula } from './vector.ts';

// Formulas on four int32 lanes. Products keep their lowest 32 bits.

/** 1 in each lane. */
function one(l: Formula): Local {
  l.constants.write(l.f, 'int32', 1);
  return store(l);
}

/**
 * aᵇ by repeated squaring: the product of the powers a, a², a⁴, … that the bits of b select. The method `pow`
 * refuses a negative b. Here its bits count as those of a positive number, as in the reference.
 *
 * @see Knuth, The Art of Computer Programming, volume 2 (1997), §4.6.3 (the method)
 */
export function pow(l: Formula, a: Local, b: Local | undefined): Local {
  const { f } = l;
  const [square, rest, power] = f.locals(v128, 3) as [Local, Local, Local];
  f.get(a).set(square).get(b!).set(rest).get(one(l)).set(power).loop();
  const odd = shift(l, op.i32x4_shr_s, shift(l, op.i32x4_shl, rest, 31), 31);
  f.get(compute(l, op.v128_bitselect, compute(l, op.i32x4_mul, power, square), power, odd)).set(power);
  f.do(op.i32x4_mul, square, square).set(square);
  f.do(op.i32x4_shr_u, rest, 1).tee(rest).do(op.v128_any_true).again();
  return power;
}

/** The formula of aⁿ for an n ≥ 0 that is known when the program is compiled; none for other numbers. */
export function powerOf(exponent: number): WriteFormula | undefined {
  if (!Number.isInteger(exponent) || exponent < 0) return undefined;
  return (l, a) => {
    let power: Local | undefined;
    for (let rest = exponent, square = a; rest > 0; rest >>= 1) {
      if (rest & 1) power = power ? compute(l, op.i32x4_mul, power, square) : square;
      if (rest > 1) square = compute(l, op.i32x4_mul, square, square);
    }
    return power ?? one(l);
  };
}
