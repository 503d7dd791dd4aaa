/*
 * NumPy's float32 exp and log, bit for bit, as its x86 vector code computes them.
 *
 * Both are a quotient of two polynomials with every product-and-sum fused, that is, rounded to float32 once. A product
 * of two float32 numbers is exact in a double, so `Math.fround(a * b + c)` is that fused operation but for the case
 * where the double sum lies exactly between two float32 numbers and was itself rounded. Over all 2³² arguments of
 * either function that never changes a result. The decimals are float32 numbers written out in full.
 *
 * See Cody & Waite, Software Manual for the Elementary Functions (1980), for the reduction of the argument.
 */

// 2^-150 … 2^128, at index exponent + 150.
const powersOfTwo = /* @__PURE__ */ Float64Array.from({ length: 279 }, (_, index) => 2 ** (index - 150));

/**
 * eˣ in float32, the very bits that NumPy gives.
 *
 *   eˣ = 2^q · P(r)/Q(r)   with q = round(x · log₂e), r = x − q · ln 2
 *
 * @param x  a float32 number (round with `Math.fround` first)
 * @returns  a float32 number; `Infinity` from 88.72284 on, 0 up to −103.97208, `NaN` for `NaN`
 * @example expFloat32(0.5)   // 1.6487212181091309
 */
export function expFloat32(x: number): number {
  if (x >= 88.72283935546875) return Infinity;
  if (x <= -103.97208404541016) return 0;
  if (x !== x) return x;
  // Adding and taking away 1.5 · 2⁵² leaves the nearest whole number, ties to even.
  const q = Math.fround(x * 1.4426950216293335) + 6755399441055744 - 6755399441055744;
  // ln 2 in two parts, the first with so few bits that q times it is exact.
  const r = Math.fround(q * -0.693145751953125 + x + q * -0.000001428606765330187);
  // Where |r| ≤ ½ ln 2 keeps a sum between two neighbouring powers of two, adding and taking away a number with the
  // float32 spacing there as its own rounds like `Math.fround`, in half the time.
  let p = r * 0.000508276280015707 + (0.006757896859198809 + 3145728) - 3145728;
  p = p * r + (0.051145121455192566 + 25165824) - 25165824;
  p = Math.fround(p * r + 0.24736154079437256);
  p = p * r + (0.7257664799690247 + 402653184) - 402653184;
  p = Math.fround(p * r + 1);
  let divisor = r * 0.021595094352960587 - (0.27423354983329773 - 201326592) - 201326592;
  divisor = Math.fround(divisor * r + 1);
  return Math.fround(Math.fround(p / divisor) * (powersOfTwo[q + 150] as number));
}

// One float32 number, and the word that holds it.
const float = /* @__PURE__ */ new Float32Array(1);
const word = /* @__PURE__ */ wordsOf(float);

function wordsOf(array: Float32Array): Int32Array {
  return new Int32Array(array.buffer);
}

/**
 * ln x in float32, the very bits that NumPy gives.
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
  const subnormal = x < 1.1754943508222875e-38;
  float[0] = subnormal ? x * 8388608 : x;
  // 0x3f3504f4 is the first float32 above √½: how far x lies above it, in whole powers of two, is the exponent.
  const above = (word[0] as number) - 0x3f3504f4;
  const e = (above >> 23) - (subnormal ? 23 : 0);
  word[0] = (above & 0x7fffff) + 0x3f3504f4;
  const z = (float[0] as number) - 1;
  let p = Math.fround(z * 0.025899792090058327 + 0.3808837831020355);
  p = Math.fround(p * z + 1.480000615119934);
  p = Math.fround(p * z + 2.112677574157715);
  p = Math.fround(p * z + 1);
  p = Math.fround(p * z);
  let divisor = Math.fround(z * 0.005875095259398222 + 0.15464763343334198);
  divisor = Math.fround(divisor * z + 0.9864943027496338);
  divisor = Math.fround(divisor * z + 2.4530060291290283);
  divisor = Math.fround(divisor * z + 2.612677574157715);
  divisor = Math.fround(divisor * z + 1);
  return Math.fround(e * 0.6931471824645996 + Math.fround(p / divisor));
}
