import type { Tensor } from '@nn/tensor';
import type { GoldenTensor } from './golden-tensor.ts';

/** A number is near enough when |got − want| ≤ atol + rtol · |want|. */
export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** The first number that is off, in words; undefined when all are as they should be. */
export function fault(got: ArrayLike<number>, want: ArrayLike<number>, { rtol, atol }: Tolerance): string | undefined {
  if (got.length !== want.length) return `${got.length} numbers instead of ${want.length}`;
  for (let at = 0; at < want.length; at++) {
    const near = Math.abs(got[at]! - want[at]!) <= atol + rtol * Math.abs(want[at]!);
    if (!near) return `number ${at} is ${got[at]}, and should be ${want[at]}`;
  }
  return undefined;
}

/** The same of a tensor and a recorded one: shapes must be equal too, and whole numbers are compared exactly. */
export function faultOf(got: Tensor, want: GoldenTensor, tolerance: Tolerance): string | undefined {
  if (got.shape.join() !== want.shape.join()) return `shape ${got.shape.join()} instead of ${want.shape.join()}`;
  const whole = want.dtype === 'int64';
  if (whole && got.dtype !== 'int32') return `${got.dtype} instead of whole numbers`;
  return fault(got.data, want.data, whole ? { rtol: 0, atol: 0 } : tolerance);
}
