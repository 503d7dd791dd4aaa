/**
 * The error function.
 *
 *   erf x = 2/√π · ∫₀ˣ e^(−t²) dt
 *
 * A rational approximation in x² near 0, and 1 − e^(−x²) · (a rational in |x|) elsewhere. The error is at most 2 ulp.
 *
 * @param x  any number
 * @returns  a number from −1 to 1, `NaN` for `NaN`
 * @example erf(0.5)   // 0.5204998778130465
 * @see W. J. Cody, Rational Chebyshev approximations for the error function, Mathematics of Computation 23 (1969)
 */
export function erf(x: number): number {
  const y = Math.abs(x);
  // Cody uses this formula up to 0.46875. It is as accurate up to 0.53, and above 0.5 the subtraction below is exact.
  if (y <= 0.53) {
    const z = y * y;
    // (erf x − x)/x, so that x is added unrounded: each coefficient is Cody's numerator minus his divisor.
    const numerator =
      (((-0.8142222938153968 * z - 20.440167208473554) * z - 130.16048378339403) * z - 905.1312883920702) * z +
      365.14075569929884;
    const divisor =
      (((z + 23.601290952344122) * z + 244.02463793444417) * z + 1282.6165260773723) * z + 2844.236833439171;
    return x + x * (numerator / divisor);
  }
  // Above this erf x rounds to 1.
  if (y > 5.93) return Math.sign(x);
  return Math.sign(x) * (0.5 - rationalComplement(y) + 0.5);
}

/**
 * The complement of the error function, without the digits that 1 − erf x loses for large x.
 *
 *   erfc x = 1 − erf x = 2/√π · ∫ₓ^∞ e^(−t²) dt
 *
 * Above 4 it is e^(−x²)/√π over a continued fraction.
 *
 * @param x  any number
 * @returns  a number from 0 to 2, `NaN` for `NaN`
 * @example erfc(10)   // 2.0884875837625452e-45
 * @see Abramowitz and Stegun, Handbook of Mathematical Functions (1964), §7.1.14
 */
export function erfc(x: number): number {
  if (!(x > 0.53)) return 1 - erf(x);
  if (x <= 4) return rationalComplement(x);
  // Below the smallest float64.
  if (x > 28) return 0;
  // From the inside out; forty levels are exact to the last digits above 4.
  let fraction = x;
  for (let k = 40; k > 0; k--) fraction = x + k / 2 / fraction;
  return expOfMinusSquare(x) / Math.sqrt(Math.PI) / fraction;
}

/** erfc y for y from 0.5 on, with a relative error that grows above 4. */
function rationalComplement(y: number): number {
  let numerator = 2.1531153547440383e-8 * y + 0.5641884969886701;
  numerator = numerator * y + 8.883149794388377;
  numerator = numerator * y + 66.11919063714163;
  numerator = numerator * y + 298.6351381974001;
  numerator = numerator * y + 881.952221241769;
  numerator = numerator * y + 1712.0476126340707;
  numerator = numerator * y + 2051.0783778260716;
  numerator = numerator * y + 1230.3393547979972;
  let divisor = y + 15.744926110709835;
  divisor = divisor * y + 117.6939508913125;
  divisor = divisor * y + 537.1811018620099;
  divisor = divisor * y + 1621.3895745666903;
  divisor = divisor * y + 3290.7992357334597;
  divisor = divisor * y + 4362.619090143247;
  divisor = divisor * y + 3439.3676741437216;
  divisor = divisor * y + 1230.3393548037495;
  return expOfMinusSquare(y) * (numerator / divisor);
}

/** e^(−y²), −y² in two parts, the first exact: the rounding error of y² would be multiplied by y². */
function expOfMinusSquare(y: number): number {
  const near = Math.trunc(y * 16) / 16;
  const rest = (near - y) * (near + y);
  return Math.exp(-near * near) * Math.exp(rest);
}
