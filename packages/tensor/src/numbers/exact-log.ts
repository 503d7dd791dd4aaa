// One float64 number and its two words. The upper word is the second: all JavaScript engines are little-endian.
const scratch = /* @__PURE__ */ new ArrayBuffer(8);
const double = /* @__PURE__ */ new Float64Array(scratch);
const words = /* @__PURE__ */ new Int32Array(scratch);

/**
 * ln x, correctly rounded for all but about one argument in 10⁵. It gives the same bits in every engine, which `Math.log`
 * does not promise, and nearly always the bits of the C library that NumPy's generators use.
 *
 *   ln x = k · ln 2 + 2 artanh s   with x = m · 2^k, √½ < m ≤ √2, s = (m − 1)/(m + 1)
 *
 * Intermediate results are unevaluated sums of two doubles.
 *
 * @param x          a normal number
 * @param remainder  receives the rounding error, ln x − result, at index 0
 * @returns          `-Infinity` for 0, `NaN` below 0
 * @see T. J. Dekker, A floating-point technique for extending the available precision (1971)
 */
export function exactLog(x: number, remainder?: Float64Array): number {
  // `Math.log` is exact for these: −∞, ∞ and NaN.
  if (!(x > 0 && x < Infinity)) return Math.log(x);
  double[0] = x;
  // 0x3fe6a09e is the upper word of √½. k counts the whole powers of two between √½ and x.
  const above = (words[1] as number) - 0x3fe6a09e;
  const k = above >> 20;
  words[1] = (above & 0xfffff) + 0x3fe6a09e;
  const m = double[0] as number;

  // s + sLow = (m − 1)/(m + 1)
  const numerator = m - 1;
  const divisor = m + 1;
  const divisorLow = m - (divisor - 1);
  const s = numerator / divisor;
  const product = s * divisor;
  const sLow = (numerator - product - productError(s, divisor, product) - s * divisorLow) / divisor;

  // z + zLow = s²
  const z = s * s;
  const zLow = productError(s, s, z) + 2 * s * sLow;

  // w + wLow = 1/3 + z/5 + z²/7 + … + z¹²/27, even and odd terms separately, so that the two sums overlap
  const y = z * z;
  let even = 0;
  let odd = 0;
  for (let n = 25; n > 1; n -= 4) {
    even = even * y + 1 / n;
    odd = odd * y + 1 / (n + 2);
  }
  const tail = (odd * z + even) * z;
  const w = 1 / 3 + tail;
  const wLow = 1 / 3 - w + tail + 1.850371707708594e-17;

  // g + gLow = s · z · w
  const q = z * w;
  const qLow = productError(z, w, q) + z * wLow + zLow * w;
  const g = s * q;
  const gLow = productError(s, q, g) + s * qLow + sLow * q;

  const half = s + g;
  const halfLow = s - half + g + gLow + sLow;
  // ln 2 in two parts, the first with so few bits that k times it is exact.
  const whole = k * 0.6931471805598903;
  const sum = whole + 2 * half;
  const sumLow = whole - sum + 2 * half + 2 * halfLow + k * 5.497923018708371e-14;
  const result = sum + sumLow;
  if (remainder) remainder[0] = sum - result + sumLow;
  return result;
}

/** The rounding error of a product: a · b − product, exactly. */
function productError(a: number, b: number, product: number): number {
  const a1 = upperHalf(a);
  const b1 = upperHalf(b);
  const a2 = a - a1;
  const b2 = b - b1;
  return a1 * b1 - product + a1 * b2 + a2 * b1 + a2 * b2;
}

/** The number rounded to 26 bits, so that the product of two such numbers is exact. */
function upperHalf(x: number): number {
  const shifted = 134217729 * x;
  return shifted - (shifted - x);
}
