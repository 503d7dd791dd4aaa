import type { TypedArray } from '../src/index.ts';

const unit = new Float32Array(1);
const bits = new Int32Array(unit.buffer);

/** The place of a float32 among all of them, from the lowest up. */
function rank(value: number): number {
  unit[0] = value;
  return bits[0]! < 0 ? -(bits[0]! & 0x7fffffff) : bits[0]!;
}

/**
 * Numbers that are not those wanted.
 *
 * @param ulps  how far they may be off, in units in the last place of their dtype
 */
export function apart(got: TypedArray, want: TypedArray, ulps: number): unknown[] {
  return [...want].flatMap((wanted, at) => {
    const value = got[at]!;
    if (Object.is(value, wanted)) return [];
    // Which zero, and which NaN, an extremum of two gives is left open.
    if (value === wanted) return [];
    if (ulps > 0 && want instanceof Float32Array && Math.abs(rank(value) - rank(wanted)) <= ulps) return [];
    if (ulps > 0 && want instanceof Float64Array && Math.abs(value - wanted) <= ulps * 2 ** -52 * Math.abs(wanted))
      return [];
    return [{ at, value, wanted }];
  });
}
