import { type DType, promote } from '../dtype.ts';
import type { Expression, Law, Reading } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { held, instructions } from './laws.ts';
import { callFormula, writeFormula } from './math/functions.ts';
import * as op from './opcode.ts';
import { lacking } from './parts.ts';

/** What four lanes hold: float32, int32, or bool as all ones and all zeros. */
export type LaneType = Exclude<DType, 'float64'>;

/** Turns lanes of bool on the stack into words of 0 and 1, as they lie in memory; others stay as they are. */
export function toWords(f: FunctionBody, dtype: DType): void {
  if (dtype === 'bool') f.do(op.i32x4_shr_u, 31);
}

/** Writes expressions on four lanes. */
export class Lanes {
  readonly #f: FunctionBody;
  readonly #context: Context;
  readonly #load: (reading: Reading) => void;
  readonly #inline: boolean;

  /**
   * @param load    puts the words of a reading on the stack
   * @param inline  formulas are written where they are used, instead of calling a function for them
   */
  constructor(f: FunctionBody, context: Context, load: (reading: Reading) => void, inline: boolean) {
    this.#f = f;
    this.#context = context;
    this.#load = load;
    this.#inline = inline;
  }

  /** Writes an expression; its value is left on the stack, booleans as masks. */
  write(value: Expression): void {
    if (value.kind === 'law') return this.#law(value);
    if (value.kind === 'reading') {
      this.#load(value);
      if (value.dtype === 'bool') this.#test(op.i32x4_ne);
    } else this.#number(value.dtype as LaneType, value.value);
  }

  /** Writes an expression, converted. */
  #as(to: LaneType, value: Expression): void {
    this.write(value);
    const from = value.dtype;
    if (from === to) return;
    if (to === 'bool') this.#test(from === 'float32' ? op.f32x4_ne : op.i32x4_ne);
    else if (from === 'bool') {
      this.#number(to, 1);
      this.#f.do(op.v128_and);
    } else this.#f.do(to === 'float32' ? op.f32x4_convert_i32x4_s : op.i32x4_trunc_sat_f32x4_s);
  }

  #number(dtype: LaneType, value: number): void {
    this.#context.constants.write(this.#f, dtype, value);
  }

  /** Compares the lanes on the stack with 0. */
  #test(comparison: number): void {
    this.#number('int32', 0);
    this.#f.do(comparison);
  }

  #law(value: Law): void {
    const f = this.#f;
    const { operation, inputs } = value;
    const { name } = operation;
    const dtype = value.dtype as LaneType;
    const first = inputs[0]!;
    if (name === 'cast') this.#as(dtype, first);
    else if (name === 'where') {
      this.#as(dtype, inputs[1]!);
      this.#as(dtype, inputs[2]!);
      this.#as('bool', first);
      f.do(op.v128_bitselect);
    } else if (name === 'clip' && dtype !== 'bool') {
      this.#as(dtype, first);
      this.#as(dtype, inputs[1]!);
      f.do(instructions['maximum']![held[dtype]]);
      this.#as(dtype, inputs[2]!);
      f.do(instructions['minimum']![held[dtype]]);
    } else if (name === 'sign' && dtype !== 'bool') this.#sign(dtype, first);
    else if (dtype !== 'float32' || !(this.#multiplyAdd(value) || this.#formula(value))) this.#plain(value);
  }

  /** One instruction where there is one; other laws on whole numbers go lane by lane. */
  #plain(value: Law): void {
    const { operation, inputs } = value;
    const worked = workedIn(value);
    const instruction = instructions[operation.name]?.[held[worked]];
    if (instruction) {
      for (const input of inputs) this.#as(worked, input);
      this.#f.do(instruction);
    } else {
      const { laneByLane } = this.#context.parts;
      if (!laneByLane) lacking(operation.name);
      laneByLane(this.#f, this.#context, value, (input) => this.#as('int32', input));
    }
  }

  /** Laws on float32 that are more than one instruction, or less. */
  #formula({ operation, inputs }: Law): boolean {
    const f = this.#f;
    const { name } = operation;
    const known = inputs[1]?.kind === 'constant' ? inputs[1].value : NaN;
    // The plain choice between two numbers is one instruction; it keeps a NaN on the left, and none is on the right.
    if ((name === 'maximum' || name === 'minimum') && !Number.isNaN(known)) {
      this.#as('float32', inputs[0]!);
      this.#number('float32', known);
      f.do(name === 'maximum' ? op.f32x4_pmax : op.f32x4_pmin);
      return true;
    }
    const { formulas } = this.#context.parts;
    const short = formulas[`${name} ${known}`];
    const formula = short ?? formulas[name];
    if (!formula) return false;
    for (const input of inputs) this.#as('float32', input);
    if (!short && !this.#inline) callFormula(f, this.#context, operation, formula);
    else {
      const operands = f.locals('v128', inputs.length);
      for (const operand of operands.toReversed()) f.set(operand);
      writeFormula(f, this.#context, operation, formula, operands);
    }
    return true;
  }

  /** a·b + c in one instruction, where the engine has it. */
  #multiplyAdd({ operation, inputs }: Law): boolean {
    const { name } = operation;
    if (!this.#context.relaxed || (name !== 'add' && name !== 'sub')) return false;
    // a·b + c, c + a·b and c − a·b
    const at = isProduct(inputs[1]!) ? 1 : 0;
    const product = inputs[at]!;
    if (!isProduct(product) || (at === 0 && name === 'sub')) return false;
    for (const factor of product.inputs) this.#as('float32', factor);
    this.#as('float32', inputs[1 - at]!);
    this.#f.do(name === 'add' ? op.f32x4_relaxed_madd : op.f32x4_relaxed_nmadd);
    return true;
  }

  /** 1 or −1 by the sign of a; 0 and NaN stay as they are. */
  #sign(dtype: LaneType, value: Expression): void {
    const f = this.#f;
    const a = f.local('v128');
    this.#as(dtype, value);
    f.set(a);
    // bitselect takes what is chosen, what is not, and the mask
    this.#number(dtype, 1);
    this.#number(dtype, -1);
    f.get(a);
    for (const comparison of ['less', 'greater']) {
      f.get(a);
      this.#test(instructions[comparison]![held[dtype]]);
      f.do(op.v128_bitselect);
    }
  }
}

function isProduct(value: Expression): value is Law {
  return value.kind === 'law' && value.operation.name === 'mul' && value.dtype === 'float32';
}

/** The type of lane that a law works in: that of its result, or where it asks for an order, that of its inputs. */
function workedIn({ operation, inputs, dtype }: Law): LaneType {
  // What has instructions on numbers, and answers with yes or no, compares them.
  if (dtype !== 'bool' || !instructions[operation.name]?.[held.int32]) return dtype as LaneType;
  return inputs.map((input) => input.dtype).reduce(promote) as LaneType;
}
