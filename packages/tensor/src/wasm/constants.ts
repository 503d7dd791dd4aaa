import type { FunctionBody } from './assembler.ts';

/** How many constants there is room for at the start of memory. */
const room = 4096;

/** Numbers that vectors are filled with, kept in memory: engines build a constant anew at each use. */
export class ConstantPool {
  /** How much memory they take. */
  readonly bytes: number = room * 4;
  readonly #bits: number[] = [];

  /** Puts four times a number on the stack. */
  write(f: FunctionBody, type: 'f32' | 'i32', value: number): void {
    const bits = type === 'i32' ? value | 0 : new Int32Array(new Float32Array([value]).buffer)[0]!;
    let at = this.#bits.indexOf(bits);
    if (at < 0) at = this.#bits.push(bits) - 1;
    f.i32(0).memory('v128.load32_splat', at * 4);
  }

  /** Puts the numbers where the instructions look for them. */
  fill(words: Int32Array): void {
    words.set(this.#bits);
  }
}
