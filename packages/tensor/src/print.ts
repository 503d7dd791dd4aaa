import { type DType, isFloating } from './dtype.ts';
import { floatText, floatTexts } from './print/float-text.ts';
import { layout } from './print/layout.ts';
import { type Shape, sizeOf } from './shape.ts';

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
