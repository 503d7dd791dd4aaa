import type { Tensor } from '@nn/tensor';
import type { GoldenTensor } from './golden-tensor.ts';

/** A number passes when |got − want| ≤ atol + rtol · |want|; NaN and the infinities when they are equal. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** The first number that is outside the tolerance, in words; undefined when all pass. */
export function fault(got: ArrayLike<number>, want: ArrayLike<number>, { rtol, atol }: Tolerance): string | undefined {
  if (got.length !== want.length) return `${got.length} numbers instead of ${want.length}`;
  for (let at = 0; at < want.length; at++) {
    const near = Math.abs(got[at]! - want[at]!) <= atol + rtol * Math.abs(want[at]!);
    const passes = Number.isFinite(want[at]) ? near : Object.is(got[at], want[at]);
    if (!passes) return `number ${at} is ${got[at]}, and should be ${want[at]}`;
  }
  return undefined;
}

/** Compares a tensor with a recorded one, as `fault` does: shapes must be equal, and integers are compared exactly. */
export function faultOf(got: Tensor, want: GoldenTensor, tolerance: Tolerance): string | undefined {
  if (got.shape.join() !== want.shape.join()) return `shape ${got.shape.join()} instead of ${want.shape.join()}`;
  const integers = want.dtype === 'int64';
  if (integers && got.dtype !== 'int32') return `dtype ${got.dtype} instead of int32`;
  return fault(got.data, want.data, integers ? { rtol: 0, atol: 0 } : tolerance);
}
