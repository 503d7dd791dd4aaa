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
