/**
 * A number rounded to float16: 11 significant bits, the smallest steps 2⁻²⁴, and infinite from 65520 on. Ties go to the even
 * number.
 *
 * @see IEEE 754-2019, binary16
 */
export function float16(value: number): number {
  const size = Math.abs(value);
  if (size >= 65520) return value < 0 ? -Infinity : Infinity;
  if (!(size > 0)) return value;
  const step = stepAt(size);
  const steps = value / step;
  const up = Math.round(steps);
  // Math.round takes ties up.
  return (up - steps === 0.5 && up % 2 !== 0 ? up - 1 : up) * step;
}

/** The distance of neighbouring float16 numbers at a size. */
function stepAt(size: number): number {
  if (size < 2 ** -14) return 2 ** -24;
  let step = 2 ** (Math.floor(Math.log2(size)) - 10);
  // The logarithm may be rounded to the next integer.
  if (size / step >= 2048) step *= 2;
  else if (size / step < 1024) step /= 2;
  return step;
}
