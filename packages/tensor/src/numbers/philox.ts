/**
 * Philox4x32-10: four random words from a key and a counter, without state.
 *
 * Equal arguments give equal words; the words of consecutive counters and keys pass the usual statistical tests. All
 * arguments are 32-bit words; signed ones are read as unsigned.
 *
 * @param key0     the key: which stream
 * @param counter0 the counter: which block of four words of the stream
 * @returns        four integers from 0 to 2³² − 1
 * @example philox(0, 0, 0, 0, 0, 0)[0]   // 1713891541
 * @see Salmon, Moraes, Dror, Shaw, Parallel random numbers: as easy as 1, 2, 3 (2011)
 */
export function philox(
  key0: number,
  key1: number,
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
): [number, number, number, number] {
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(counter0, 0xd2511f53);
    const high1 = multiplyHigh(counter2, 0xcd9e8d57);
    const low0 = Math.imul(counter0, 0xd2511f53);
    const low1 = Math.imul(counter2, 0xcd9e8d57);
    counter0 = high1 ^ counter1 ^ key0;
    counter1 = low1;
    counter2 = high0 ^ counter3 ^ key1;
    counter3 = low0;
    // The key is advanced by the golden ratio and by √3 − 1, as fractions of 2³².
    key0 = (key0 + 0x9e3779b9) | 0;
    key1 = (key1 + 0xbb67ae85) | 0;
  }
  return [counter0 >>> 0, counter1 >>> 0, counter2 >>> 0, counter3 >>> 0];
}

/**
 * The upper 32 bits of the product of two 32-bit words, as an unsigned number; `Math.imul` gives the lower 32.
 *
 * @param a  a non-negative integer below 2³²
 * @param b  a non-negative integer below 2³²
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
