import { type DType, isInteger } from './dtype.ts';
import { float16 } from './float16.ts';
import { type Shape, sizeOf } from './shape.ts';

/** The text of NaN and of infinities, as NumPy prints them. */
const special = (value: number): string => String(value).toLowerCase().replace('inity', '');

/** NumPy prints the sign of −0, JavaScript does not. */
const minus = (value: number): string => (Object.is(value, -0) ? '-' : '');

/**
 * The double with the fewest digits that still rounds to `value` in its dtype:
 * the float32 0.10000000149011612 becomes 0.1. Nine digits are always enough for a float32.
 */
function shortest(value: number, dtype: DType): number {
  if (dtype !== 'float32' && dtype !== 'float16') return value;
  const [round, bits] = dtype === 'float32' ? [Math.fround, 24] : [float16, 11];
  // The interval that rounds to a power of two is not symmetric: of a float32 it reaches from 2⁻²⁵ of it below to 2⁻²⁴ of it
  // above.
  const middle = Number.isInteger(Math.log2(Math.abs(value))) ? value * (1 + 2 ** (-bits - 2)) : value;
  let digits = 8;
  while (digits > 0 && round(Number(middle.toExponential(digits - 1))) === value) digits--;
  const nearest = Number(rounded(value, digits, 'toExponential'));
  return round(nearest) === value ? nearest : Number(middle.toExponential(digits));
}

/** The number with `digits` digits after the point. An exact tie rounds to the even digit, as in NumPy; JavaScript rounds it up. */
function rounded(value: number, digits: number, method: 'toFixed' | 'toExponential'): string {
  const text = minus(value) + value[method](digits);
  // Sixty digits show whether the cut-off rest is exactly one half.
  return new RegExp(`\\.\\d{${digits}}50*(e|$)`).test(value[method](60))
    ? text.replace(/^([^e]*)([13579])(?=e|$)/, (_, before: string, odd: string) => before + (Number(odd) - 1))
    : text;
}

/** The length of the point and the digits after it. */
const fractionLength = (text: string): number => /\.\d*|$/.exec(text)![0].length;

/** One float with all the digits that its dtype needs: 0.36333333333333334, 1e-05, 3.0. */
function floatText(value: number, dtype: DType): string {
  if (!Number.isFinite(value)) return special(value);
  const size = Math.abs(value);
  const digits = shortest(value, dtype);
  if (size >= 1e16 || (size < 1e-4 && size > 0)) return digits.toExponential().replace(/e(.)(\d)$/, 'e$10$2');
  return minus(value) + digits + (Number.isInteger(digits) ? '.0' : '');
}

/** Whether an array is printed in scientific notation: some number is very large or small, or their ratio exceeds 1000. */
function needsExponent(values: readonly number[], dtype: DType): boolean {
  const sizes = values.map(Math.abs).filter((size) => size > 0 && size < Infinity);
  const largest = Math.max(0, ...sizes);
  const smallest = Math.min(...sizes);
  const exact = largest / smallest;
  const ratio = dtype === 'float32' ? Math.fround(exact) : dtype === 'float16' ? float16(exact) : exact;
  return largest >= 1e8 || smallest < 1e-4 || ratio > 1000;
}

/**
 * The floats of one array. All have as many digits after the point as the one that needs most, but at most eight. Padded at
 * the left to one length, they have their points in one column.
 */
function floatTexts(values: readonly number[], dtype: DType): string[] {
  const scientific = needsExponent(values, dtype);
  const method = scientific ? 'toExponential' : 'toFixed';
  let right = 1; // length of the point and the digits after it
  let texts = values.map((value) => {
    if (!Number.isFinite(value)) return special(value);
    const digits = shortest(value, dtype);
    // Before the point NumPy prints all digits: 16777218, though 1677722e1 would identify the float32.
    let text = minus(value) + (scientific ? digits.toExponential() : Number.isInteger(value) ? value : digits);
    if (/\.\d{9}/.test(text)) text = rounded(value, 8, method).replace(/(\.\d*?)0+(?=e|$)/, '$1');
    right = Math.max(right, fractionLength(text));
    return text;
  });
  if (scientific) {
    // All have equally many digits. The added digits are the number's own, not zeros.
    texts = values.map((value, index) => {
      const text = texts[index]!;
      return Number.isFinite(value) && fractionLength(text) < right ? rounded(value, right - 1, method) : text;
    });
  }

  const exponentDigits = texts.some((text) => /e.\d{3}/.test(text)) ? 3 : 2;
  return texts.map((text) =>
    text.replace(
      /^(-?\d+)\.?(\d*)(?:e(.)(\d+))?$/,
      (_, whole: string, fraction: string, sign: string | undefined, exponent = '') =>
        `${whole}${`.${fraction}`.padEnd(right)}${sign ? `e${sign}${exponent.padStart(exponentDigits, '0')}` : ''}`,
    ),
  );
}

/** The longest line, in characters. */
const lineWidth = 75;

/** Words in brackets. A line breaks where the next word would exceed the margin. */
function wrapped(words: readonly string[], indent: string): string {
  // Each open bracket needs one character at the end of the line.
  const margin = lineWidth - indent.length;
  let text = '';
  let line = indent;
  words.forEach((word, index) => {
    if (line.length + word.length > margin && line.length > indent.length) {
      text += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += index < words.length - 1 ? `${word} ` : word;
  });
  return `[${(text + line).slice(indent.length)}]`;
}

/**
 * Nested brackets around texts in row-major order. Innermost rows are wrapped; blocks are separated by one more empty line
 * for each axis that they span.
 *
 * @param indices  for each axis the indices that are shown; −1 stands for the omitted ones
 */
function layout(texts: readonly string[], indices: readonly (readonly number[])[]): string {
  let next = 0;
  const block = (axis: number): string => {
    const indent = ' '.repeat(axis + 1);
    const below = indices.length - 1 - axis;
    const parts = indices[axis]!.map((index) => (index < 0 ? '...' : below > 0 ? block(axis + 1) : texts[next++]!));
    return below > 0 ? `[${parts.join('\n'.repeat(below) + indent)}]` : wrapped(parts, indent);
  };
  return block(0);
}

/** Arrays with more elements than this are summarized: only the edges are shown. */
const threshold = 1000;

/** The number of indices shown at each end of an axis. */
const edge = 3;

/** The indices of an axis that are shown; −1 stands for the omitted ones. */
const shownIndices = (length: number, whole: boolean): number[] =>
  whole || length <= 2 * edge ? [...Array(length).keys()] : [0, 1, 2, -1, length - 3, length - 2, length - 1];

const integerText = (value: number, dtype: DType): string =>
  dtype !== 'bool' ? String(value) : value ? 'True' : 'False';

function textsOf(values: readonly number[], dtype: DType): string[] {
  const texts = isInteger(dtype) ? values.map((value) => integerText(value, dtype)) : floatTexts(values, dtype);
  const width = Math.max(dtype === 'bool' ? 5 : 0, ...texts.map((text) => text.length));
  return texts.map((text) => text.padStart(width));
}

/**
 * The text that NumPy prints for the same array.
 *
 * Of more than 1000 elements only three at each end of each axis are read and shown. A scalar, shape [], shows every digit
 * that its dtype needs.
 *
 * @param values  the numbers in row-major order; booleans as 0 and 1
 * @example format([1, 2.5, -3], [3], 'float32')   // [ 1.   2.5 -3. ]
 * @see NumPy 1.24, numpy.array2string, with its default print options
 */
export function format(values: ArrayLike<number>, shape: Shape, dtype: DType): string {
  const size = sizeOf(shape);
  if (size === 0) return '[]';
  if (shape.length === 0) {
    return (isInteger(dtype) ? integerText : floatText)(values[0]!, dtype);
  }

  const indices = shape.map((length) => shownIndices(length, size <= threshold));
  let shown = [0];
  indices.forEach((ofAxis, axis) => {
    const length = shape[axis]!;
    shown = shown.flatMap((row) => ofAxis.filter((index) => index >= 0).map((index) => row * length + index));
  });
  return layout(
    textsOf(
      shown.map((index) => values[index]!),
      dtype,
    ),
    indices,
  );
}
