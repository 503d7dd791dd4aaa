import { DTypeError, ShapeError } from '../errors.ts';
import type { ConcatOperation, PadOperation, ViewOperation } from '../operation.ts';
import * as reference from '../reference/elementwise.ts';
import { checkShape, type Shape, showShape } from '../shape.ts';
import { sliced } from '../strided.ts';
import type { Tensor } from '../tensor.ts';
import { strongest } from './rules.ts';
import { viewOperation } from './view.ts';

/** Where each of these tensors begins in their concatenation. One list for all: computed for each, the work is quadratic. */
function startsAlong(axis: number, inputs: readonly Tensor[]): readonly number[] {
  let starts = knownStarts.get(inputs);
  if (!starts) {
    let start = 0;
    starts = inputs.map(({ shape }) => (start += shape[axis]!) - shape[axis]!);
    knownStarts.set(inputs, starts);
  }
  return starts;
}

const knownStarts = /* @__PURE__ */ new WeakMap<readonly Tensor[], readonly number[]>();

/** @formula a, then b, then … */
export const concat: ConcatOperation = {
  kind: 'concat',
  name: 'concat',
  shape(shapes, { axis }) {
    const [first] = shapes;
    if (!first) throw new ShapeError('concat: expected at least one tensor, got none. Check the list first.');
    let total = 0;
    for (const shape of shapes) {
      if (shape.length !== first.length || shape.some((length, at) => at !== axis && length !== first[at])) {
        throw new ShapeError(
          `concat: shapes ${shapes.map(showShape).join(', ')} must be equal except along axis ${axis}. ` +
            `Concatenate along another axis, or reshape them first.`,
        );
      }
      total += shape[axis]!;
    }
    return checkShape(first.with(axis, total), 'concat');
  },
  dtype(dtypes) {
    if (dtypes.includes('bool') && !dtypes.every((dtype) => dtype === 'bool')) {
      throw new DTypeError(
        `concat: bool can only be concatenated with bool, got ${dtypes.join(', ')}. Cast them to one dtype first.`,
      );
    }
    return strongest(dtypes);
  },
  forward: reference.concat,
  derivative(g, inputs, _output, { axis }, index) {
    const start = startsAlong(axis, inputs)[index]!;
    return g.slice(
      ...g.shape.map((_, at) =>
        at === axis ? ([start, start + inputs[index]!.shape[axis]!] as const) : ([] as const),
      ),
    );
  },
};

// `slice` reads elements of a larger shape, `pad` writes them into one: each is the derivative of the other.

/** The start, step and number of elements of a slice along each axis. */
export interface SliceSettings {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly counts: Shape;
}

/** @formula y[i] = a[start + i · step] */
export const slice: ViewOperation<SliceSettings> = /* @__PURE__ */ viewOperation('slice', {
  shape: (_, { counts }) => counts,
  view: (from, _, { starts, steps }) => sliced(from, starts, steps),
  batched: ({ starts, steps, counts }, length, shape) => [
    { starts: [0, ...starts], steps: [1, ...steps], counts: [length, ...counts] },
    shape,
  ],
  derivative: [(g, [a], _output, { starts, steps }) => g.apply(pad, [g], { shape: a.shape, starts, steps, value: 0 })],
});

/** @formula y[start + i · step] = a[i], one value elsewhere */
export const pad: PadOperation = {
  kind: 'pad',
  name: 'pad',
  shape: (_, { shape }) => shape,
  dtype: strongest,
  forward: reference.pad,
  derivative: [(g, [a], _output, { starts, steps }) => g.apply(slice, [g], { starts, steps, counts: a.shape })],
};
