import { DTypeError } from '../../errors.ts';
import type { RandomKernel } from '../../loops/ir.ts';
import { uniform } from '../../operations/random.ts';
import type { FunctionBody, Local } from '../assembler/function-body.ts';
import * as op from '../assembler/opcode.ts';
import { i32 } from '../assembler/opcode.ts';
import type { Context } from '../context.ts';

/**
 * Writes the random numbers of `uniform` from a counter, four per block of Philox4x32-10.
 *
 * @throws DTypeError when the operation is another than `uniform`
 */
export function writeRandom(f: FunctionBody, context: Context, { operation, counter, to }: RandomKernel): void {
  if (operation !== uniform) {
    throw new DTypeError(
      `Cannot compile ${operation.name}: wasm knows no generator but that of uniform. ` +
        `Call the step without compile, or compute its numbers from uniform.`,
    );
  }
  const [block, address, c0, c1, c2, c3, k0, k1] = f.locals(i32, 8) as [
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
    Local,
  ];
  const seed = context.addressOf(counter.buffer) + counter.offset * 4;
  /** Leaves the low word of a · by on the stack, and sets a to the high word. */
  const multiply = (a: Local, by: number): void => {
    f.do(op.i32_mul, a, by);
    f.do(op.i64_extend_i32_u, a).do(op.i64_extend_i32_u, by).do(op.i64_mul);
    f.do(op.i64_extend_i32_u, 32).do(op.i64_shr_u).do(op.i32_wrap_i64).set(a);
  };
  const write = (words: number): void => {
    f.i32(seed).memory(op.i32_load).set(k0);
    f.i32(seed + counter.strides[0]! * 4)
      .memory(op.i32_load)
      .set(k1);
    f.get(block).set(c0).i32(0).tee(c1).tee(c2).set(c3);
    const rounds = f.times(10);
    // low and high words of both products: c0, c1, c2, c3 = high₁ ^ c1 ^ k0, low₁, high₀ ^ c3 ^ k1, low₀
    multiply(c2, 0xcd9e8d57);
    multiply(c0, 0xd2511f53);
    f.do(op.i32_xor, c0, c3).do(op.i32_xor, k1);
    f.do(op.i32_xor, c2, c1).do(op.i32_xor, k0);
    f.set(c0).set(c2).set(c3).set(c1);
    f.move(k0, 0x9e3779b9).move(k1, 0xbb67ae85);
    f.next(rounds);
    [c0, c1, c2, c3].slice(0, words).forEach((word, at) => {
      f.get(address).do(op.i32_shr_u, word, 8).do(op.f32_convert_i32_s);
      f.do(op.f32_reinterpret_i32, 0x33800000)
        .do(op.f32_mul)
        .memory(op.f32_store, at * 4);
    });
    f.move(block, 1).move(address, 16);
  };
  f.i32(0).set(block).i32(context.addressOf(to)).set(address);
  const blocks = Math.floor(to.size / 4);
  if (blocks > 0) {
    const left = f.times(blocks);
    write(4);
    f.next(left);
  }
  if (to.size % 4 > 0) write(to.size % 4);
}
