import { expect } from 'vitest';
import type { Tensor } from '../src/index.ts';
import type { GoldenCase, Recorded } from './golden.ts';

/** Expects the recorded numbers within the tolerance of their case; integers and booleans must be equal. */
export function expectClose(
  got: Tensor,
  want: Recorded,
  { tolerance }: GoldenCase,
  precision: 'float32' | 'float64',
): void {
  expect(got.shape).toEqual(want.shape);
  const { rtol, atol } =
    want.dtype === 'float32' || want.dtype === 'float64' ? tolerance[precision] : { rtol: 0, atol: 0 };
  const { data } = got;
  const wrong = want.data.map(Number).flatMap((wanted, at) => {
    const value = data[at]!;
    const right = Object.is(value, wanted) || Math.abs(value - wanted) <= atol + rtol * Math.abs(wanted);
    return right ? [] : [{ at, value, wanted }];
  });
  expect(wrong).toEqual([]);
}
