import * as op from './opcode.ts';
import { i32, v128, type ValueType } from './opcode.ts';

/** Adds a whole number from 0 on, in groups of 7 bits, lowest first; the top bit says whether more follow (LEB128). */
function pushUnsigned(bytes: number[], value: number): void {
  let rest = value >>> 0;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
}

/** The bytes of a whole number from 0 on. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  pushUnsigned(bytes, value);
  return bytes;
}

/** Adds a 32-bit whole number with a sign, in the same groups; the last one shows the sign. */
function pushSigned(bytes: number[], value: number): void {
  let rest = value | 0;
  while (rest < -0x40 || rest > 0x3f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  bytes.push(rest & 0x7f);
}

/** A local variable of a function. */
export interface Local {
  readonly at: number;
}

/** What an instruction works on: the value of a local, or a whole number. */
export type StackOperand = Local | number;

/**
 * The body of one function, written instruction by instruction: `f.do(op.i32_add, a, 1)` leaves a + 1 on the stack, and
 * `f.get(b).do(op.i32_mul)` multiplies it by b.
 */
export class FunctionBody {
  /** What it is called by. */
  readonly index: number;
  readonly loops: boolean;
  readonly parameters: readonly Local[];
  /** Of which types its locals are, the parameters first. */
  readonly #locals: ValueType[] = [];
  readonly #kept = new Map<number | string, Local>();
  /** What is done before all else. */
  readonly #start: number[] = [];
  #code: number[] = [];

  /**
   * @param loops  it loops, so that what it needs again and again is made before; else it is called by what loops
   */
  constructor(index: number, parameters: readonly ValueType[], loops: boolean) {
    this.index = index;
    this.loops = loops;
    this.parameters = parameters.map((type) => this.local(type));
  }

  /** A new local variable. There may be many: which of them share a register is the engine's to say. */
  local(type: ValueType): Local {
    return { at: this.#locals.push(type) - 1 };
  }

  /** Several new local variables. */
  locals(type: ValueType, count: number): Local[] {
    const locals: Local[] = [];
    for (let at = 0; at < count; at++) locals.push(this.local(type));
    return locals;
  }

  /** Puts a vector on the stack that is made once, before all else: `make` puts it there then. */
  keep(key: number | string, make: () => void): void {
    let local = this.#kept.get(key);
    if (!local) {
      local = this.local(v128);
      this.#kept.set(key, local);
      const code = this.#code;
      this.#code = this.#start;
      make();
      this.set(local);
      this.#code = code;
    }
    this.get(local);
  }

  /** An instruction, on operands that are put on the stack before, above what lies there. */
  do(instruction: number, a?: StackOperand, b?: StackOperand, c?: StackOperand): this {
    if (a !== undefined) {
      this.get(a);
      if (b !== undefined) this.get(b);
      if (c !== undefined) this.get(c);
    }
    const code = this.#code;
    if (instruction < 0x100) code.push(instruction);
    else {
      code.push(instruction < 0x1000 ? 0xfd : 0xfc);
      pushUnsigned(code, (instruction - 0x100) & 0xfff);
    }
    return this;
  }

  /** Puts an operand on the stack. */
  get(operand: StackOperand): this {
    if (typeof operand === 'number') return this.i32(operand);
    const { at } = operand;
    // Nearly all are, and nothing is written more often.
    if (at < 0x80) this.#code.push(0x20, at);
    else pushIndexed(this.#code, 0x20, at);
    return this;
  }

  set({ at }: Local): this {
    pushIndexed(this.#code, 0x21, at);
    return this;
  }

  /** Keeps the value in a local, and leaves it on the stack. */
  tee({ at }: Local): this {
    pushIndexed(this.#code, 0x22, at);
    return this;
  }

  call(index: number): this {
    pushIndexed(this.#code, 0x10, index);
    return this;
  }

  i32(value: number): this {
    this.#code.push(0x41);
    pushSigned(this.#code, value);
    return this;
  }

  f64(value: number): this {
    this.#code.push(0x44, ...new Uint8Array(new Float64Array([value]).buffer));
    return this;
  }

  /** Adds a number to the address on the stack. */
  plus(value: number): this {
    return value === 0 ? this : this.do(op.i32_add, value);
  }

  /** Adds a number to a local. */
  move(local: Local, by: number): this {
    return by === 0 ? this : this.get(local).plus(by).set(local);
  }

  /** Reads from, or writes to, the address on the stack plus `offset` bytes; operands go before, as in `do`. */
  memory(instruction: number, offset = 0, a?: StackOperand, b?: StackOperand): this {
    this.do(instruction, a, b).#code.push(2);
    pushUnsigned(this.#code, offset);
    return this;
  }

  /** What belongs to the instruction just written: which lane, or which bytes. */
  with(...bytes: readonly number[]): this {
    this.#code.push(...bytes);
    return this;
  }

  /** What follows, up to `end`, runs when the number on the stack is not 0. */
  if(): this {
    this.#code.push(0x04, 0x40);
    return this;
  }

  end(): this {
    this.#code.push(0x0b);
    return this;
  }

  /** What follows, up to `again`, is a loop. */
  loop(): this {
    this.#code.push(0x03, 0x40);
    return this;
  }

  /** Begins the loop anew when the number on the stack is not 0, and ends it otherwise. */
  again(): this {
    this.#code.push(0x0d, 0, 0x0b);
    return this;
  }

  /** What follows, up to `next`, runs a number of times from 1 on; gives what counts them, if anything must. */
  times(count: number): Local | undefined {
    if (count === 1) return undefined;
    const left = this.local(i32);
    this.i32(count).set(left).loop();
    return left;
  }

  next(left: Local | undefined): void {
    if (!left) return;
    this.get(left).plus(-1).tee(left).again();
  }

  /** Adds the function as it stands in a module: its length, its locals, its code, its end. */
  writeTo(parts: (readonly number[])[]): void {
    const types = this.#locals.slice(this.parameters.length);
    const locals = unsigned(types.length);
    for (let at = 0; at < types.length; at++) locals.push(1, types[at]!);
    const length = locals.length + this.#start.length + this.end().#code.length;
    parts.push(unsigned(length), locals, this.#start, this.#code);
  }
}

/** Adds an instruction on the variable, or the function, with an index. */
function pushIndexed(code: number[], instruction: number, index: number): void {
  if (index < 0x80) code.push(instruction, index);
  else {
    code.push(instruction);
    pushUnsigned(code, index);
  }
}
