import type { DType } from '../dtype.ts';

/** What stands for the numbers that have no digits. */
const special = (value: number): string => String(value).toLowerCase().replace('inity', '');

/** JavaScript drops the sign of −0, NumPy shows it. */
const minus = (value: number): string => (Object.is(value, -0) ? '-' : '');

/**
 * The double whose digits are the fewest that tell `value` from its neighbours in its own dtype:
 * the float32 0.10000000149011612 becomes 0.1. Nine digits are always enough for a float32.
 */
function shortest(value: number, dtype: DType): number {
  if (dtype !== 'float32') return value;
  // The numbers that round to a power of two reach from 2⁻²⁵ of it below to 2⁻²⁴ of it above.
  const middle = Number.isInteger(Math.log2(Math.abs(value))) ? value * (1 + 2 ** -26) : value;
  let digits = 8;
  while (digits > 0 && Math.fround(Number(middle.toExponential(digits - 1))) === value) digits--;
  const nearest = Number(rounded(value, digits, 'toExponential'));
  return Math.fround(nearest) === value ? nearest : Number(middle.toExponential(digits));
}

/** `digits` digits after the point. An exact tie goes to the even digit, as in NumPy, where JavaScript rounds it up. */
function rounded(value: number, digits: number, method: 'toFixed' | 'toExponential'): string {
  const text = minus(value) + value[method](digits);
  // Sixty digits show whether exactly one half is cut off.
  return new RegExp(`\\.\\d{${digits}}50*(e|$)`).test(value[method](60))
    ? text.replace(/^([^e]*)([13579])(?=e|$)/, (_, before: string, odd: string) => before + (Number(odd) - 1))
    : text;
}

/** How many places the point and the digits after it take. */
const fractionLength = (text: string): number => /\.\d*|$/.exec(text)![0].length;

/** A float by itself, with all the digits that its dtype needs: 0.36333333333333334, 1e-05, 3.0. */
export function floatText(value: number, dtype: DType): string {
  if (!Number.isFinite(value)) return special(value);
  const size = Math.abs(value);
  const digits = shortest(value, dtype);
  if (size >= 1e16 || (size < 1e-4 && size > 0)) return digits.toExponential().replace(/e(.)(\d)$/, 'e$10$2');
  return minus(value) + digits + (Number.isInteger(digits) ? '.0' : '');
}

/** Scientific when some number is very large or small, or their sizes are far apart. */
function needsExponent(values: readonly number[], dtype: DType): boolean {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && size < Infinity);
  const largest = Math.max(0, ...sizes);
  const smallest = Math.min(...sizes);
  const ratio = largest / smallest;
  return largest >= 1e8 || smallest < 1e-4 || (dtype === 'float32' ? Math.fround(ratio) : ratio) > 1000;
}

/**
 * Floats that stand in one array: after the point as many places as the number that needs most, but at most eight. Filled
 * up at the left to one length they have their points in one column.
 */
export function floatTexts(values: readonly number[], dtype: DType): string[] {
  const scientific = needsExponent(values, dtype);
  const method = scientific ? 'toExponential' : 'toFixed';
  let right = 1; // places of the point and the digits after it
  let texts = values.map((value) => {
    if (!Number.isFinite(value)) return special(value);
    const digits = shortest(value, dtype);
    // Before the point NumPy shows the number as it is: 16777218, though 1677722e1 would do for a float32.
    let text = minus(value) + (scientific ? digits.toExponential() : Number.isInteger(value) ? value : digits);
    if (/\.\d{9}/.test(text)) text = rounded(value, 8, method).replace(/(\.\d*?)0+(?=e|$)/, '$1');
    right = Math.max(right, fractionLength(text));
    return text;
  });
  if (scientific) {
    // All get equally many digits, and what fills them up is not zeros but the number's own digits.
    texts = values.map((value, index) => {
      const text = texts[index]!;
      return Number.isFinite(value) && fractionLength(text) < right ? rounded(value, right - 1, method) : text;
    });
  }

  const places = texts.some((text) => /e.\d{3}/.test(text)) ? 3 : 2; // digits of the exponent
  return texts.map((text) =>
    text.replace(
      /^(-?\d+)\.?(\d*)(?:e(.)(\d+))?$/,
      (_, whole: string, fraction: string, sign: string | undefined, exponent = '') =>
        `${whole}${`.${fraction}`.padEnd(right)}${sign ? `e${sign}${exponent.padStart(places, '0')}` : ''}`,
    ),
  );
}
