import { multiplyHigh } from './multiply-high.ts';
import type { Pcg64 } from './pcg64.ts';
import type { Source } from './source.ts';

/** A whole number from 0 to `range` − 1, for a range from 1 to 2⁵³. */
export function drawWhole(source: Source, range: number): number {
  return source.masked ? maskedWhole(source, range) : multipliedWhole(source.bits, range);
}

/**
 * Words cut to the shortest run of ones that covers the largest number, and drawn anew while they are above it; for more
 * than 32 bits two of them, the upper one first.
 */
export function maskedWhole(source: Source, range: number): number {
  if (range === 1) return 0;
  const largest = range - 1;
  const wide = range > 4294967296;
  const mask = -1 >>> Math.clz32(wide ? Math.floor(largest / 4294967296) : largest);
  for (;;) {
    let value = (source.word() & mask) >>> 0;
    if (wide) value = value * 4294967296 + source.word();
    if (value <= largest) return value;
  }
}

/** The upper half of word · range; the few lower halves that would favour some numbers are drawn anew (Lemire). */
function multipliedWhole(bits: Pcg64, range: number): number {
  if (range === 1) return 0;
  if (range > 4294967296) return multipliedWide(bits, BigInt(range));
  let word = bits.word();
  if (range === 4294967296) return word;
  let low = Math.imul(word, range) >>> 0;
  if (low < range) {
    const unfair = (4294967296 - range) % range;
    while (low < unfair) {
      word = bits.word();
      low = Math.imul(word, range) >>> 0;
    }
  }
  return multiplyHigh(word, range);
}

function multipliedWide(bits: Pcg64, range: bigint): number {
  const unfair = (2n ** 64n - range) % range;
  for (;;) {
    bits.next();
    const [low = 0, high = 0] = bits.halves;
    const product = ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)) * range;
    if (BigInt.asUintN(64, product) >= unfair) return Number(product >> 64n);
  }
}
