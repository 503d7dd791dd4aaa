/**
 * The upper 32 bits of the product of two 32-bit words, as an unsigned number; `Math.imul` gives the lower 32.
 *
 * @param a  a whole number below 2³²
 * @param b  a whole number below 2³²
 * @example multiplyHigh(0xffffffff, 0xffffffff)   // 4294967294
 */
export function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  // 65535 · 65535 + 65535 < 2³²: neither of the two sums overflows.
  const low = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const middle = (Math.imul(aLow, bHigh) + (low & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (low >>> 16) + (middle >>> 16)) >>> 0;
}
