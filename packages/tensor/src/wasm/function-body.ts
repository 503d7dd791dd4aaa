import { pushSigned, pushUnsigned } from './bytes.ts';
import * as op from './opcode.ts';

/** The kinds of value on WebAssembly's stack. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

export const typeCode: Record<ValueType, number> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };

/** A local variable of a function. */
export interface Local {
  readonly at: number;
  readonly type: ValueType;
}

/**
 * The body of one function, written instruction by instruction: `f.get(a).get(b).do(op.i32_add)` leaves a + b on the
 * stack.
 */
export class FunctionBody {
  /** What it is called by. */
  readonly index: number;
  readonly loops: boolean;
  readonly parameters: readonly Local[];
  readonly #locals: ValueType[] = [];
  readonly #free: Local[] = [];
  readonly #kept = new Map<string, Local>();
  /** What is done before all else. */
  readonly #start: number[] = [];
  #code: number[] = [];

  /**
   * @param loops  it loops, so that what it needs again and again is made before; else it is called by what loops
   */
  constructor(index: number, parameters: readonly ValueType[], loops: boolean) {
    this.index = index;
    this.loops = loops;
    this.parameters = parameters.map((type, at) => ({ at, type }));
  }

  /** A new local variable, or one that was given back. */
  local(type: ValueType): Local {
    const free = this.#free;
    for (let at = free.length - 1; at >= 0; at--) if (free[at]!.type === type) return free.splice(at, 1)[0]!;
    return { at: this.parameters.length + this.#locals.push(type) - 1, type };
  }

  /** Several new local variables. */
  locals(type: ValueType, count: number): Local[] {
    const locals: Local[] = [];
    for (let at = 0; at < count; at++) locals.push(this.local(type));
    return locals;
  }

  /** Gives locals back for other uses. */
  release(...locals: readonly Local[]): void {
    this.#free.push(...locals);
  }

  /** Puts a vector on the stack that is made once, before all else: `make` puts it there then. */
  keep(key: string, make: () => void): void {
    let local = this.#kept.get(key);
    if (!local) {
      local = { at: this.parameters.length + this.#locals.push('v128') - 1, type: 'v128' };
      this.#kept.set(key, local);
      const code = this.#code;
      this.#code = this.#start;
      make();
      this.set(local);
      this.#code = code;
    }
    this.get(local);
  }

  do(instruction: number): this {
    const code = this.#code;
    if (instruction < 0x100) code.push(instruction);
    else if (instruction < 0x180) code.push(0xfd, instruction - 0x100);
    else if (instruction < 0x1000) code.push(0xfd, (instruction & 0x7f) | 0x80, (instruction - 0x100) >> 7);
    else code.push(0xfc, instruction - 0x1000);
    return this;
  }

  get({ at }: Local): this {
    return this.#indexed(0x20, at);
  }

  set({ at }: Local): this {
    return this.#indexed(0x21, at);
  }

  /** Keeps the value in a local, and leaves it on the stack. */
  tee({ at }: Local): this {
    return this.#indexed(0x22, at);
  }

  call(index: number): this {
    return this.#indexed(0x10, index);
  }

  /** Copies bytes: their new address, their present one and how many there are lie on the stack. */
  copy(): this {
    this.#code.push(0xfc, 10, 0, 0);
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
    return value === 0 ? this : this.i32(value).do(op.i32_add);
  }

  /** Adds a number to a local. */
  move(local: Local, by: number): this {
    return by === 0 ? this : this.get(local).plus(by).set(local);
  }

  /** Reads from, or writes to, the address on the stack plus `offset` bytes. */
  memory(instruction: number, offset = 0): this {
    this.do(instruction).#code.push(2);
    pushUnsigned(this.#code, offset);
    return this;
  }

  /** Reads or writes one lane of a vector: the address lies below the vector on the stack. */
  memoryLane(instruction: number, offset: number, lane: number): this {
    this.memory(instruction, offset).#code.push(lane);
    return this;
  }

  /** An instruction on one lane of a vector. */
  lane(instruction: number, lane: number): this {
    this.do(instruction).#code.push(lane);
    return this;
  }

  /** Picks 16 bytes from the two vectors on the stack: 0 … 15 from the first, 16 … 31 from the second. */
  shuffle(bytes: readonly number[]): this {
    this.do(op.i8x16_shuffle).#code.push(...bytes);
    return this;
  }

  /** Rotates the bytes of a vector, which lies twice on the stack. */
  rotate(by: number): this {
    this.do(op.i8x16_shuffle);
    for (let at = 0; at < 16; at++) this.#code.push((at + by) % 16);
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
    const left = this.local('i32');
    this.i32(count).set(left).loop();
    return left;
  }

  next(left: Local | undefined): void {
    if (!left) return;
    this.get(left).plus(-1).tee(left).again();
    this.release(left);
  }

  /** Adds the function as it stands in a module: its length, its locals, its code, its end. */
  writeTo(parts: (readonly number[])[]): void {
    const locals: number[] = [];
    pushUnsigned(locals, this.#locals.length);
    for (const type of this.#locals) locals.push(1, typeCode[type]);
    const length: number[] = [];
    pushUnsigned(length, locals.length + this.#start.length + this.end().#code.length);
    parts.push(length, locals, this.#start, this.#code);
  }

  #indexed(instruction: number, at: number): this {
    if (at < 0x80) this.#code.push(instruction, at);
    else {
      this.#code.push(instruction);
      pushUnsigned(this.#code, at);
    }
    return this;
  }
}
