// The gamma function and its logarithmic derivatives, on plain numbers.

/** Coefficients B₂ₖ/(2k·(2k − 1)) of Stirling's series, k from 1. */
const stirling = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400];

/** Bernoulli numbers B₂ₖ, k from 1. */
const bernoulli = [1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510];

/** From here on the asymptotic series are exact to the last digits of a float64. */
const large = 12;

/**
 * ln |Γ(x)|.
 *
 *   ln Γ(x) = (x − ½)·ln x − x + ½·ln 2π + Σₖ B₂ₖ / (2k·(2k − 1)·x²ᵏ⁻¹)      for large x
 *
 * Smaller x are raised by Γ(x + 1) = x·Γ(x), negative x reflected by Γ(x)·Γ(1 − x) = π / sin πx. The error is below 8e-15
 * of the larger of the result and 1.
 *
 * @param x  any number; `Infinity` at 0, −1, −2, …
 * @example logGamma(5).toFixed(9)   // 3.178053830
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions (1964), §6.1
 */
export function logGamma(x: number): number {
  if (x === 1 || x === 2) return 0;
  if (x <= 0 && Number.isInteger(x)) return Infinity;
  if (x < 0) return Math.log(Math.PI / Math.abs(sinPi(x))) - logGamma(1 - x);
  if (x === Infinity) return x;
  let product = 1;
  let y = x;
  for (; y < large; y++) product *= y;
  let sum = 0;
  for (let k = stirling.length - 1; k >= 0; k--) sum = sum / (y * y) + stirling[k]!;
  return (y - 0.5) * Math.log(y) - y + 0.5 * Math.log(2 * Math.PI) + sum / y - Math.log(product);
}

/**
 * The derivative of ln Γ(x).
 *
 *   ψ(x) = ln x − 1/(2x) − Σₖ B₂ₖ / (2k·x²ᵏ)      for large x
 *
 * @param x  any number; `NaN` at −1, −2, …, −`Infinity` at 0
 * @example digamma(1).toFixed(9)   // -0.577215665
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions (1964), §6.3
 */
export function digamma(x: number): number {
  if (x === 0) return -Infinity / (1 / x > 0 ? 1 : -1);
  if (x < 0) return Number.isInteger(x) ? NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * (x - Math.floor(x)));
  if (x === Infinity) return x;
  let raised = 0;
  let y = x;
  for (; y < large; y++) raised += 1 / y;
  let sum = 0;
  for (let k = bernoulli.length; k > 0; k--) sum = (sum + bernoulli[k - 1]! / (2 * k)) / (y * y);
  return Math.log(y) - 0.5 / y - sum - raised;
}

/**
 * The derivative of order n of the digamma function.
 *
 *   ψ⁽ⁿ⁾(x) = (−1)ⁿ⁺¹·n!·Σₖ 1/(x + k)ⁿ⁺¹,  k from 0, by the Euler–Maclaurin formula
 *
 * @param n  a positive integer
 * @param x  any number; ψ′ is reflected below 0, higher orders are `NaN` there
 * @example polygamma(1, 1).toFixed(9)   // 1.644934067
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions (1964), §6.4
 */
export function polygamma(n: number, x: number): number {
  if (x <= 0) {
    if (x === 0) return n % 2 === 1 ? Infinity : -Infinity;
    if (Number.isInteger(x)) return n === 1 ? Infinity : NaN;
    return n === 1 ? (Math.PI / sinPi(x)) ** 2 - polygamma(1, 1 - x) : NaN;
  }
  const s = n + 1;
  const end = Math.max(large, 2 * s);
  let sum = 0;
  let y = x;
  for (; y < end; y++) sum += y ** -s;
  // The rest of the sum from y on: an integral, half of the first term, and corrections by derivatives.
  sum += y ** (1 - s) / n + 0.5 * y ** -s;
  let factor = s / y ** (s + 1);
  for (let k = 1; k <= bernoulli.length; k++) {
    sum += (bernoulli[k - 1]! / factorial(2 * k)) * factor;
    factor *= ((s + 2 * k - 1) * (s + 2 * k)) / (y * y);
  }
  return (n % 2 === 1 ? 1 : -1) * factorial(n) * sum;
}

function factorial(n: number): number {
  let product = 1;
  for (let k = 2; k <= n; k++) product *= k;
  return product;
}

/** sin πx, without the rounding of πx for large x. */
function sinPi(x: number): number {
  const rest = x - 2 * Math.floor(x / 2);
  return Math.sin(Math.PI * (rest > 1 ? rest - 2 : rest));
}
