/**
 * The number that the bits of a small float stand for: a sign, an exponent, a fraction.
 *
 *   (−1)ˢ · 1.fraction · 2^(exponent − bias)      with exponent 0: (−1)ˢ · 0.fraction · 2^(1 − bias)
 *
 * @param fractionBits  10 for float16, 7 for bfloat16; the exponent has the rest of 15 bits
 * @example smallFloat(0x3555, 10)   // 0.333251953125
 * @see IEEE 754-2019, §3.4
 */
export function smallFloat(bits: number, fractionBits: number): number {
  const largest = 2 ** (15 - fractionBits) - 1;
  const bias = largest >> 1;
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits & 0x7fff) >> fractionBits;
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  if (exponent === largest) return fraction === 0 ? sign * Infinity : NaN;
  return exponent === 0 ? sign * fraction * 2 ** (1 - bias) : sign * (1 + fraction) * 2 ** (exponent - bias);
}

/**
 * The bits of a number that float16 holds.
 *
 * @example float16Bits(0.333251953125).toString(16)   // 3555
 */
export function float16Bits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === Infinity) return sign | 0x7c00;
  if (size < 2 ** -14) return sign | (size * 2 ** 24);
  let exponent = Math.floor(Math.log2(size));
  // The logarithm may be rounded to the next integer.
  if (2 ** exponent > size) exponent--;
  else if (2 ** (exponent + 1) <= size) exponent++;
  return sign | ((exponent + 15) << 10) | ((size / 2 ** exponent - 1) * 1024);
}
