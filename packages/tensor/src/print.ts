import { type DType, isFloating } from './dtype.ts';
import { type Shape, sizeOf } from './shape.ts';

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

/** The widest line, in characters. */
const lineWidth = 75;

/** Words in brackets, one after the other, on a new line wherever the next one would stand past the margin. */
function wrapped(words: readonly string[], indent: string): string {
  // Every bracket that is open will need its place at the end of the line.
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
 * Nested brackets around texts that come in row-major order, innermost rows wrapped, one empty line more between
 * blocks for each axis that they span.
 *
 * @param places  for each axis which positions are shown; −1 stands for those left out
 */
export function layout(texts: readonly string[], places: readonly (readonly number[])[]): string {
  let next = 0;
  const block = (axis: number): string => {
    const indent = ' '.repeat(axis + 1);
    const below = places.length - 1 - axis;
    const parts = places[axis]!.map((place) => (place < 0 ? '...' : below > 0 ? block(axis + 1) : texts[next++]!));
    return below > 0 ? `[${parts.join('\n'.repeat(below) + indent)}]` : wrapped(parts, indent);
  };
  return block(0);
}

/** An array of more numbers than this is shown by its edges alone. */
const threshold = 1000;

/** How many positions each edge of an axis shows. */
const edge = 3;

/** The positions of an axis that are shown; −1 stands for those left out. */
const shownOf = (length: number, whole: boolean): number[] =>
  whole || length <= 2 * edge ? [...Array(length).keys()] : [0, 1, 2, -1, length - 3, length - 2, length - 1];

const wholeText = (value: number, dtype: DType): string =>
  dtype === 'int32' ? String(value) : value ? 'True' : 'False';

function textsOf(values: readonly number[], dtype: DType): string[] {
  const texts = isFloating(dtype) ? floatTexts(values, dtype) : values.map((value) => wholeText(value, dtype));
  const width = Math.max(dtype === 'bool' ? 5 : 0, ...texts.map((text) => text.length));
  return texts.map((text) => text.padStart(width));
}

/**
 * What NumPy's `print` gives for the same array.
 *
 * Of more than 1000 numbers only three at either end of each axis are read and shown. A single number, shape [],
 * shows every digit that its dtype needs.
 *
 * @param values  the numbers in row-major order; booleans as 0 and 1
 * @example format([1, 2.5, -3], [3], 'float32')   // [ 1.   2.5 -3. ]
 * @see NumPy 1.24, numpy.array2string, with its default print options
 */
export function format(values: ArrayLike<number>, shape: Shape, dtype: DType): string {
  const size = sizeOf(shape);
  if (size === 0) return '[]';
  if (shape.length === 0) {
    return (isFloating(dtype) ? floatText : wholeText)(values[0]!, dtype);
  }

  const places = shape.map((length) => shownOf(length, size <= threshold));
  let shown = [0];
  places.forEach((axis, index) => {
    const length = shape[index]!;
    shown = shown.flatMap((row) => axis.filter((place) => place >= 0).map((place) => row * length + place));
  });
  return layout(
    textsOf(
      shown.map((place) => values[place]!),
      dtype,
    ),
    places,
  );
}
