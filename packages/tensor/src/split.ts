import type { AlongOne, WithLength } from './axis-types.ts';
import { ShapeError } from './error.ts';
import type { Range } from './methods/view.ts';
import { checkList, normalizeAxis, type Shape, showShape } from './shape.ts';
import { owned, type Tensor } from './tensor.ts';

/**
 * In parts along one axis: so many equal ones, or of these lengths. The inverse of `concat`; no numbers are moved.
 *
 * @throws ShapeError when the lengths do not add up to the axis
 * @example split(tensor([1, 2, 3, 4]), [1, 3]).join(' ')   // [1.] [2. 3. 4.]
 */
export function split<S extends Shape, const At extends number = 0>(
  tensor: Tensor<S>,
  parts: number | readonly number[],
  axis?: AlongOne<S, At>,
): Tensor<WithLength<S, At, number>>[] {
  const x = owned(tensor as unknown as Tensor, 'split');
  const along = normalizeAxis(axis ?? 0, x.rank, 'split');
  const length = x.shape[along]!;
  if (typeof parts === 'number' && !(parts > 0 && length % parts === 0)) {
    throw new ShapeError(
      `split: the ${length} places of axis ${along} in ${showShape(x.shape)} do not fall into ${parts} equal parts. ` +
        `Give the lengths of the parts: [${Math.ceil(length / 2)}, ${Math.floor(length / 2)}].`,
    );
  }
  const lengths =
    typeof parts === 'number' ? Array.from({ length: parts }, () => length / parts) : checkList(parts, 'split');
  if (lengths.some((part) => !Number.isInteger(part) || part < 0) || lengths.reduce((a, b) => a + b, 0) !== length) {
    throw new ShapeError(
      `split: parts of lengths ${showShape(lengths)} do not add up to the ${length} places of axis ${along} in ` +
        `${showShape(x.shape)}. Give whole lengths whose sum is ${length}.`,
    );
  }
  let start = 0;
  return lengths.map((part) => {
    const ranges = x.shape.map((_, at): Range => (at === along ? [start, start + part] : []));
    start += part;
    return x.slice(...ranges) as Tensor as Tensor<WithLength<S, At, number>>;
  });
}
