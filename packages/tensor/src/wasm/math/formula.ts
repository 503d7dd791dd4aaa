import type { ConstantPool } from '../constants.ts';
import type { FunctionBody, Local } from '../function-body.ts';
import * as op from '../opcode.ts';

/** What formulas need of the module that they are written into. */
export interface Surroundings {
  /** Products and sums may be fused. */
  readonly relaxed: boolean;
  readonly constants: ConstantPool;
}

/** A vector at hand, or a number that stands in each of its lanes. */
type Value = Local | number;

/** Writes formulas on vectors: each step keeps its value in a local, to be used by later steps. */
export class Formula {
  readonly f: FunctionBody;
  readonly #surroundings: Surroundings;

  constructor(f: FunctionBody, surroundings: Surroundings) {
    this.f = f;
    this.#surroundings = surroundings;
  }

  /** One instruction. Numbers are of the type that it works on; for those on bits they are float32. */
  do(instruction: number, ...operands: readonly Value[]): Local {
    for (let at = 0; at < operands.length; at++) {
      const operand = operands[at]!;
      if (typeof operand !== 'number') this.f.get(operand);
      else this.#surroundings.constants.write(this.f, op.worksOn(instruction), operand);
    }
    this.f.do(instruction);
    return this.keep();
  }

  add(a: Value, b: Value): Local {
    return this.do(op.f32x4_add, a, b);
  }

  sub(a: Value, b: Value): Local {
    return this.do(op.f32x4_sub, a, b);
  }

  mul(a: Value, b: Value): Local {
    return this.do(op.f32x4_mul, a, b);
  }

  /** a·b + c */
  multiplyAdd(a: Value, b: Value, c: Value): Local {
    return this.#surroundings.relaxed ? this.do(op.f32x4_relaxed_madd, a, b, c) : this.add(this.mul(a, b), c);
  }

  /** A polynomial by Horner’s rule, highest power first. */
  polynomial(x: Local, coefficients: readonly number[]): Local {
    let sum: Value = coefficients[0]!;
    for (let at = 1; at < coefficients.length; at++) sum = this.multiplyAdd(sum, x, coefficients[at]!);
    return sum as Local;
  }

  /** Bits moved by a number of places. */
  shift(instruction: number, value: Local, places: number): Local {
    this.f.do(instruction, value, places);
    return this.keep();
  }

  /** One value where the mask is set, the other elsewhere. */
  select(mask: Local, yes: Value, no: Value): Local {
    return this.do(op.v128_bitselect, yes, no, mask);
  }

  /** The magnitude of one value, which must have none of its own, with the sign of another. */
  withSign(magnitude: Local, sign: Local): Local {
    return this.do(op.v128_or, magnitude, this.do(op.v128_and, sign, -0));
  }

  /** Gives a value another one, computed only when the mask is set in some lane. */
  mend(value: Local, mask: Local, other: () => Local): void {
    this.f.do(op.v128_any_true, mask).if();
    this.f.get(other()).set(value).end();
  }

  /** 2ⁿ, for whole numbers from −127 to 127. */
  powerOf2(n: Local): Local {
    return this.shift(op.i32x4_shl, this.do(op.i32x4_add, n, 127), 23);
  }

  /** 2ⁿ·y in two steps, so that neither over- nor underflows before the product does; n are whole numbers. */
  scale(y: Local, n: Local): Local {
    const half = this.shift(op.i32x4_shr_s, n, 1);
    return this.mul(this.mul(y, this.powerOf2(half)), this.powerOf2(this.do(op.i32x4_sub, n, half)));
  }

  /** 2⁻ⁿ, and 0 where that is smaller than float32 numbers are. */
  inversePowerOf2(n: Local): Local {
    return this.shift(op.i32x4_shl, this.do(op.i32x4_max_s, this.do(op.i32x4_sub, 127, n), 0), 23);
  }

  /** Keeps the vector on the stack in a new local. */
  keep(): Local {
    const local = this.f.local('v128');
    this.f.set(local);
    return local;
  }
}
