import type { FunctionBody } from './function-body.ts';
import * as op from './opcode.ts';

/** How many constants there is room for at the start of memory. */
const room = 4096;

/** Numbers that vectors are filled with, kept in memory: engines build a constant anew at each use. */
export class ConstantPool {
  /** How much memory they take. */
  readonly bytes: number = room * 4;
  readonly #bits: number[] = [];

  /** Puts a number on the stack, in every lane of a vector. */
  write(f: FunctionBody, type: 'f32' | 'f64' | 'i32', value: number): void {
    const words = new Int32Array(
      type === 'i32' ? [value] : (type === 'f32' ? new Float32Array([value]) : new Float64Array([value])).buffer,
    );
    let at = this.#bits.indexOf(words[0]!);
    while (at >= 0 && words.length > 1 && this.#bits[at + 1] !== words[1]) at = this.#bits.indexOf(words[0]!, at + 1);
    if (at < 0) {
      // Without room left it is built where it is used.
      if (this.#bits.length + words.length > room) return build(f, type, value, words[0]!);
      at = this.#bits.push(...words) - words.length;
    }
    f.i32(0).memory(type === 'f64' ? op.v128_load64_splat : op.v128_load32_splat, at * 4);
  }

  /** Puts the numbers where the instructions look for them. */
  fill(words: Int32Array): void {
    words.set(this.#bits);
  }
}

function build(f: FunctionBody, type: 'f32' | 'f64' | 'i32', value: number, bits: number): void {
  if (type === 'f64') f.f64(value).do(op.f64x2_splat);
  else f.i32(bits).do(op.i32x4_splat);
}
