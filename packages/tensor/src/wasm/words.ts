import type { DType, TypedArray } from '../dtype.ts';
import { widthOf } from './context.ts';

/** A module's memory as numbers, by dtype and address in bytes. */
export class Words {
  /** As whole words, in which booleans lie, too. */
  readonly i32: Int32Array;
  readonly #f32: Float32Array;
  readonly #f64: Float64Array;

  constructor({ buffer }: WebAssembly.Memory) {
    this.i32 = new Int32Array(buffer);
    this.#f32 = new Float32Array(buffer);
    this.#f64 = new Float64Array(buffer);
  }

  put(dtype: DType, address: number, data: TypedArray): void {
    this.#of(dtype).set(data, address / widthOf(dtype));
  }

  take(dtype: DType, address: number, into: TypedArray): void {
    const source = this.#of(dtype);
    const start = address / widthOf(dtype);
    if (into.length > 64) into.set(source.subarray(start, start + into.length));
    // For a few numbers the loop is quicker than a view of them.
    else for (let at = 0; at < into.length; at++) into[at] = source[start + at]!;
  }

  #of(dtype: DType): Int32Array | Float32Array | Float64Array {
    return dtype === 'float32' ? this.#f32 : dtype === 'float64' ? this.#f64 : this.i32;
  }
}
