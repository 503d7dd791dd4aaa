/** A number rounded to float32. Engines resolve this constant faster than a property of `Math`. */
export const fround: (value: number) => number = Math.fround;

/*
 * NumPy's float32 exp and log, bit for bit, as its x86 vector code computes them.
 *
 * Both are a quotient of two polynomials with fused multiply-adds, which are rounded to float32 once. A product of two
 * float32 numbers is exact in a double, so `Math.fround(a * b + c)` is that fused operation except where the double sum
 * lies exactly between two float32 numbers and was itself rounded. Over all 2³² arguments of either function that never
 * changes a result. Each coefficient is the shortest decimal of its float32 number.
 *
 * See Cody & Waite, Software Manual for the Elementary Functions (1980), for the reduction of the argument.
 */

// 2^-150 … 2^128, at index exponent + 150.
const powersOfTwo = /* @__PURE__ */ Float64Array.from({ length: 279 }, (_, index) => 2 ** (index - 150));

/**
 * eˣ in float32, bit for bit as in NumPy.
 *
 *   eˣ = 2^q · P(r)/Q(r)   with q = round(x · log₂e), r = x − q · ln 2
 *
 * @param x  a float32 number (round with `Math.fround` first)
 * @returns  a float32 number; `Infinity` for x ≥ 88.72284, 0 for x ≤ −103.97208, `NaN` for `NaN`
 * @example expFloat32(0.5)   // 1.6487212181091309
 */
export function expFloat32(x: number): number {
  if (x >= fround(88.72284)) return Infinity;
  if (x <= fround(-103.972084)) return 0;
  if (x !== x) return x;
  // Adding and subtracting 1.5 · 2⁵² rounds to the nearest integer, ties to even.
  const q = fround(x * fround(Math.LOG2E)) + 6755399441055744 - 6755399441055744;
  // ln 2 in two parts, the first with so few bits that q times it is exact.
  const r = fround(q * fround(-0.69314575) + x + q * fround(-1.4286068e-6));
  // Where |r| ≤ ½ ln 2 keeps a sum between two neighbouring powers of two, adding and subtracting a double whose spacing
  // is that of float32 there rounds like `Math.fround`, in half the time.
  let p = r * fround(0.0005082763) + (fround(0.006757897) + 3145728) - 3145728;
  p = p * r + (fround(0.05114512) + 25165824) - 25165824;
  p = fround(p * r + fround(0.24736154));
  p = p * r + (fround(0.7257665) + 402653184) - 402653184;
  p = fround(p * r + 1);
  let divisor = r * fround(0.021595094) - (fround(0.27423355) - 201326592) - 201326592;
  divisor = fround(divisor * r + 1);
  return fround(fround(p / divisor) * (powersOfTwo[q + 150] as number));
}

// One float32 number and its bits.
const float = /* @__PURE__ */ new Float32Array(1);
const word = /* @__PURE__ */ wordsOf(float);

function wordsOf(array: Float32Array): Int32Array {
  return new Int32Array(array.buffer);
}

/**
 * ln x in float32, bit for bit as in NumPy.
 *
 *   ln x = e · ln 2 + P(z)/Q(z)   with x = m · 2^e, √½ < m ≤ √2, z = m − 1
 *
 * @param x  a float32 number (round with `Math.fround` first)
 * @returns  a float32 number; `-Infinity` for 0, `NaN` below 0
 * @example logFloat32(2)   // 0.6931471824645996
 */
export function logFloat32(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const subnormal = x < fround(1.1754944e-38);
  float[0] = subnormal ? x * 8388608 : x;
  // 0x3f3504f4 is the first float32 above √½. The exponent counts the whole powers of two between it and x.
  const above = (word[0] as number) - 0x3f3504f4;
  const e = (above >> 23) - (subnormal ? 23 : 0);
  word[0] = (above & 0x7fffff) + 0x3f3504f4;
  const z = (float[0] as number) - 1;
  let p = fround(z * fround(0.025899792) + fround(0.38088378));
  p = fround(p * z + fround(1.4800006));
  p = fround(p * z + fround(2.1126776));
  p = fround(p * z + 1);
  p = fround(p * z);
  let divisor = fround(z * fround(0.0058750953) + fround(0.15464763));
  divisor = fround(divisor * z + fround(0.9864943));
  divisor = fround(divisor * z + fround(2.453006));
  divisor = fround(divisor * z + fround(2.6126776));
  divisor = fround(divisor * z + 1);
  return fround(e * fround(Math.LN2) + fround(p / divisor));
}
