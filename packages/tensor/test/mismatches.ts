import type { ReadonlyTypedArray } from '../src/index.ts';

const unit = new Float32Array(1);
const bits = new Int32Array(unit.buffer);

/** The index of a float32 among all float32 numbers in order. */
function ordinal(value: number): number {
  unit[0] = value;
  return bits[0]! < 0 ? -(bits[0]! & 0x7fffffff) : bits[0]!;
}

/**
 * The elements that differ from the wanted ones.
 *
 * @param ulps  the allowed error, in units in the last place of the dtype
 */
export function mismatches(got: ReadonlyTypedArray, want: ReadonlyTypedArray, ulps: number): unknown[] {
  return [...want].flatMap((wanted, at) => {
    const value = got[at]!;
    if (Object.is(value, wanted)) return [];
    // −0 is not 0.
    if (value === 0 && wanted === 0) return [{ at, value, wanted }];
    if (ulps > 0 && want instanceof Float32Array && Math.abs(ordinal(value) - ordinal(wanted)) <= ulps) return [];
    if (ulps > 0 && want instanceof Float64Array && Math.abs(value - wanted) <= ulps * 2 ** -52 * Math.abs(wanted))
      return [];
    return [{ at, value, wanted }];
  });
}
