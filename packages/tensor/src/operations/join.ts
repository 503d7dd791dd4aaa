import { DTypeError, ShapeError } from '../errors.ts';
import type { ConcatOperation, PadOperation, ViewOperation } from '../operation.ts';
import * as reference from '../reference/elementwise.ts';
import { checkShape, type Shape, showShape } from '../shape.ts';
import { sliced } from '../strided.ts';
import { strongest } from './rules.ts';
import { viewing } from './view.ts';

/** @formula a, then b, then … */
export const concat: ConcatOperation = {
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
  forward: reference.concat,
  derivative(g, inputs, _output, { axis }, index) {
    const start = inputs.slice(0, index).reduce((sum, input) => sum + input.shape[axis]!, 0);
    return g.slice(
      ...g.shape.map((_, at) =>
        at === axis ? ([start, start + inputs[index]!.shape[axis]!] as const) : ([] as const),
      ),
    );
  },
};

// A slice takes elements out of a larger shape, a pad puts them into one: each is the other's derivative.

/** Where a slice begins on each axis, how far it steps, and how many elements it takes. */
export interface SliceSettings {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly counts: Shape;
}

/** @formula yᵢ = a at start + i · step */
export const slice: ViewOperation<SliceSettings> = /* @__PURE__ */ viewing('slice', {
  shape: (_, { counts }) => counts,
  view: (from, _, { starts, steps }) => sliced(from, starts, steps),
  derivative: [(g, [a], _output, { starts, steps }) => g.apply(pad, [g], { shape: a.shape, starts, steps, value: 0 })],
});

/** @formula y at start + i · step = aᵢ, one value elsewhere */
export const pad: PadOperation = {
  kind: 'pad',
  name: 'pad',
  shape: (_, { shape }) => shape,
  dtype: strongest,
  forward: reference.pad,
  derivative: [(g, [a], _output, { starts, steps }) => g.apply(slice, [g], { starts, steps, counts: a.shape })],
};
