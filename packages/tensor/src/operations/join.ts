import { DTypeError, ShapeError } from '../error.ts';
import type { Concat, Pad } from '../operation.ts';
import { checkShape, showShape } from '../shape.ts';
import { strongest } from './dtype-rules.ts';

/** @formula a with a frame of one value */
export const pad: Pad = {
  kind: 'pad',
  name: 'pad',
  shape([from], { before, after, between }) {
    const widths = [...before, ...after, ...between];
    if (
      before.length !== from!.length ||
      after.length !== from!.length ||
      between.length !== from!.length ||
      !widths.every((w) => Number.isInteger(w) && w >= 0)
    ) {
      throw new ShapeError(
        `pad: shape ${showShape(from!)} takes one pair of whole widths from 0 on per axis, ` +
          `got before ${showShape(before)} and after ${showShape(after)}. Write x.pad([[1, 1], [0, 2]]) for a matrix.`,
      );
    }
    return checkShape(
      from!.map((length, axis) => before[axis]! + length + Math.max(length - 1, 0) * between[axis]! + after[axis]!),
      'pad',
    );
  },
  dtype([dtype], { value }) {
    if ((dtype === 'int32' && value !== (value | 0)) || (dtype === 'bool' && value !== 0 && value !== 1)) {
      throw new DTypeError(`pad: a frame of ${value} does not fit around ${dtype}. Write x.cast('float32') first.`);
    }
    return dtype!;
  },
  derivative: [
    ({ g, a, settings: { before, between } }) =>
      g.slice(
        ...a.shape.map((length, axis) => {
          const step = between[axis]! + 1;
          const start = before[axis]!;
          return [start, start + Math.max((length - 1) * step + 1, 0), step] as const;
        }),
      ),
  ],
};

/** @formula a, then b, then … */
export const concat: Concat = {
  kind: 'concat',
  name: 'concat',
  shape(shapes, { axis }) {
    const [first] = shapes;
    if (!first)
      throw new ShapeError('concat: there must be at least one tensor, got none. Check the list before joining it.');
    let total = 0;
    for (const shape of shapes) {
      if (shape.length !== first.length || shape.some((length, at) => at !== axis && length !== first[at])) {
        throw new ShapeError(
          `concat: shapes ${shapes.map(showShape).join(', ')} must agree everywhere but on axis ${axis}. ` +
            `Join them along another axis, or reshape them first.`,
        );
      }
      total += shape[axis]!;
    }
    return checkShape(first.with(axis, total), 'concat');
  },
  dtype(dtypes) {
    if (dtypes.includes('bool') && !dtypes.every((dtype) => dtype === 'bool')) {
      throw new DTypeError(
        `concat: booleans join booleans only, got ${dtypes.join(', ')}. Cast them to one dtype first.`,
      );
    }
    return strongest(dtypes);
  },
  derivative({ g, inputs, settings: { axis } }, index) {
    const start = inputs.slice(0, index).reduce((sum, input) => sum + input.shape[axis]!, 0);
    return g.slice(
      ...g.shape.map((_, at) =>
        at === axis ? ([start, start + inputs[index]!.shape[axis]!] as const) : ([] as const),
      ),
    );
  },
};
