import * as op from './opcode.ts';
import { i32, v128, type ValueType } from './opcode.ts';

/** Appends a 32-bit unsigned integer in LEB128: groups of 7 bits, least significant first; the top bit marks that more follow. */
function pushUnsigned(bytes: number[], value: number): void {
  let rest = value >>> 0;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  bytes.push(rest);
}

/** The LEB128 bytes of an unsigned integer. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  pushUnsigned(bytes, value);
  return bytes;
}

/** Appends a 32-bit signed integer in signed LEB128. */
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

/** An operand of an instruction: the value of a local, or an i32 constant. */
export type StackOperand = Local | number;

/**
 * The body of one function, assembled instruction by instruction: `f.do(op.i32_add, a, 1)` leaves a + 1 on the stack, and
 * `f.get(b).do(op.i32_mul)` multiplies it by b.
 */
export class FunctionBody {
  /** The index of the function in its module. */
  readonly index: number;
  readonly loops: boolean;
  readonly parameters: readonly Local[];
  /** The types of its locals, the parameters first. */
  readonly #locals: ValueType[] = [];
  readonly #hoisted = new Map<number | string, Local>();
  /** The code at the start of the function. */
  readonly #prologue: number[] = [];
  #code: number[] = [];

  /**
   * @param loops  whether the function contains loops. Then constants are hoisted to its start; otherwise it is called in a loop
   */
  constructor(index: number, parameters: readonly ValueType[], loops: boolean) {
    this.index = index;
    this.loops = loops;
    this.parameters = parameters.map((type) => this.local(type));
  }

  /** A new local variable. There may be many: the engine allocates registers. */
  local(type: ValueType): Local {
    return { at: this.#locals.push(type) - 1 };
  }

  /** Several new local variables. */
  locals(type: ValueType, count: number): Local[] {
    const locals: Local[] = [];
    for (let at = 0; at < count; at++) locals.push(this.local(type));
    return locals;
  }

  /** Pushes a vector that is computed once, at the start of the function, by the code that `make` writes. */
  hoist(key: number | string, make: () => void): void {
    let local = this.#hoisted.get(key);
    if (!local) {
      local = this.local(v128);
      this.#hoisted.set(key, local);
      const code = this.#code;
      this.#code = this.#prologue;
      make();
      this.set(local);
      this.#code = code;
    }
    this.get(local);
  }

  /** Writes an instruction after pushing its operands. Missing operands are those already on the stack. */
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

  /** Pushes an operand. */
  get(operand: StackOperand): this {
    if (typeof operand === 'number') return this.i32(operand);
    const { at } = operand;
    // The fast path of the most frequent instruction.
    if (at < 0x80) this.#code.push(0x20, at);
    else pushIndexed(this.#code, 0x20, at);
    return this;
  }

  set({ at }: Local): this {
    pushIndexed(this.#code, 0x21, at);
    return this;
  }

  /** Stores the value on the stack in a local, and leaves it on the stack. */
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

  /** A load or store at the address on the stack plus `offset` bytes. Operands are pushed first, as in `do`. */
  memory(instruction: number, offset = 0, a?: StackOperand, b?: StackOperand): this {
    this.do(instruction, a, b).#code.push(2);
    pushUnsigned(this.#code, offset);
    return this;
  }

  /** The immediate bytes of the instruction before, such as a lane index. */
  with(...bytes: readonly number[]): this {
    this.#code.push(...bytes);
    return this;
  }

  /** Starts a block, up to `end`, that runs if the number on the stack is not 0. */
  if(): this {
    this.#code.push(0x04, 0x40);
    return this;
  }

  end(): this {
    this.#code.push(0x0b);
    return this;
  }

  /** Starts a loop, up to `again`. */
  loop(): this {
    this.#code.push(0x03, 0x40);
    return this;
  }

  /** Repeats the loop if the number on the stack is not 0, otherwise ends it. */
  again(): this {
    this.#code.push(0x0d, 0, 0x0b);
    return this;
  }

  /** Starts a loop, up to `next`, that runs `count` ≥ 1 times. Returns its counter, or undefined if it runs once. */
  times(count: number): Local | undefined {
    if (count === 1) return undefined;
    const counter = this.local(i32);
    this.i32(count).set(counter).loop();
    return counter;
  }

  next(counter: Local | undefined): void {
    if (!counter) return;
    this.get(counter).plus(-1).tee(counter).again();
  }

  /** Appends the function in the binary format: its length, its locals, its code. */
  writeTo(parts: (readonly number[])[]): void {
    const types = this.#locals.slice(this.parameters.length);
    const locals = unsigned(types.length);
    for (let at = 0; at < types.length; at++) locals.push(1, types[at]!);
    const length = locals.length + this.#prologue.length + this.end().#code.length;
    parts.push(unsigned(length), locals, this.#prologue, this.#code);
  }
}

/** Appends an instruction with the index of a local or a function. */
function pushIndexed(code: number[], instruction: number, index: number): void {
  if (index < 0x80) code.push(instruction, index);
  else {
    code.push(instruction);
    pushUnsigned(code, index);
  }
}
