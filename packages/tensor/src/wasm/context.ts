import type { ComputeDType } from '../dtype.ts';
import type { FusionGroup } from '../loops/group.ts';
import type { Buffer, CheckKernel, GatherKernel, LoopKernel, MatrixKernel, ScatterKernel } from '../loops/ir.ts';
import type { FunctionBody, StackOperand } from './assembler/function-body.ts';
import * as op from './assembler/opcode.ts';
import type { ValueType } from './assembler/opcode.ts';
import type { JsCalls } from './js-calls.ts';
import type { WriteFormula } from './math/vector.ts';

/** A kernel that may refuse the values it reads. */
export type RefusingKernel = GatherKernel | ScatterKernel | CheckKernel;

/** What the writers of loops share. */
export interface Context {
  /** Whether fused multiply-add may be used: the engine has it, and last bits may differ between machines. */
  readonly relaxed: boolean;
  addressOf(buffer: Buffer): number;
  readonly constants: ConstantPool;
  readonly jsCalls: JsCalls;
  /**
   * The index of a function that several loops may call. `write` writes it at the first request.
   *
   * @param key  the formula that the function computes, or a text of everything that its instructions depend on
   */
  once(
    key: WriteFormula | string,
    parameters: readonly ValueType[],
    results: readonly ValueType[],
    write: (f: FunctionBody) => void,
  ): number;
  /** Writes a call that runs all rows of a fusion group of the body of a loop. */
  runGroup(f: FunctionBody, group: FusionGroup): void;
  /** Copies the carried values of a loop to the buffers that the next step reads, unless they are there. */
  copyCarried(f: FunctionBody, kernel: LoopKernel): void;
  /** Calls JavaScript, which computes a function of matrices. */
  computeMatrix(f: FunctionBody, kernel: MatrixKernel): void;
  /** Calls JavaScript, which throws the error of a kernel: for an index out of bounds, or for a check that failed. */
  refuse(f: FunctionBody, kernel: RefusingKernel, index: StackOperand): void;
}

/** Bytes per element in memory, where a bool takes a whole word. */
export const widthOf = (dtype: ComputeDType): 4 | 8 => (dtype === 'float64' ? 8 : 4);

/** The number of 32-bit words for constants at the start of memory. */
const capacity = 4096;

/** Their size in bytes. */
export const constantBytes: number = capacity * 4;

/** The constants of vectors. They are loaded from memory, because engines build a constant anew at each use. */
export class ConstantPool {
  readonly #bits: number[] = [];
  readonly #slots = new Map<number | string, number>();
  // The bits of one number as each type.
  readonly #f64 = new Float64Array(1);
  readonly #f32 = new Float32Array(this.#f64.buffer);
  readonly #i32 = new Int32Array(this.#f64.buffer);

  /** Puts a number on the stack, in every lane of a vector; booleans are all ones or all zeros. */
  write(f: FunctionBody, dtype: ComputeDType, value: number): void {
    const wide = dtype === 'float64';
    if (wide) this.#f64[0] = value;
    else if (dtype === 'float32') this.#f32[0] = value;
    else this.#i32[0] = dtype === 'bool' ? -value : value;
    const low = this.#i32[0]!;
    const key = wide ? `${low} ${this.#i32[1]!}` : low;
    let at = this.#slots.get(key);
    if (at === undefined) {
      at = this.#bits.push(low) - 1;
      if (wide) this.#bits.push(this.#i32[1]!);
      this.#slots.set(key, at);
    }
    const slot = at;
    const load = (): void => {
      if (slot < capacity - 1) f.memory(wide ? op.v128_load64_splat : op.v128_load32_splat, slot * 4, 0);
      // When the pool is full, the constant is built where it is used.
      else if (wide) f.f64(value).do(op.f64x2_splat);
      else f.do(op.i32x4_splat, low);
    };
    if (f.loops) f.hoist(key, load);
    else load();
  }

  /** Writes the constants into memory. */
  fill({ buffer }: WebAssembly.Memory): void {
    new Int32Array(buffer).set(this.#bits.slice(0, capacity));
  }
}
