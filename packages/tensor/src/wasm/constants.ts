import type { FunctionBody } from './assembler.ts';

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
    if (at < 0) at = this.#bits.push(...words) - words.length;
    f.i32(0).memory(type === 'f64' ? 'v128.load64_splat' : 'v128.load32_splat', at * 4);
  }

  /** Puts the numbers where the instructions look for them. */
  fill(words: Int32Array): void {
    words.set(this.#bits);
  }
}
