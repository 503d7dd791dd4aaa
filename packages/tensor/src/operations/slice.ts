import { DTypeError } from '../error.ts';
import type { Pad, View } from '../operation.ts';
import type { Shape } from '../shape.ts';
import { sliced } from '../strided.ts';
import { strongest } from './dtype-rules.ts';

// A slice takes elements out of a larger shape, a pad puts them into one: each is the other's derivative.

/** Where a slice begins on each axis, how far it steps, and how many elements it takes. */
export interface SliceSettings {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly counts: Shape;
}

/** @formula yᵢ = a at start + i · step */
export const slice: View<SliceSettings> = {
  kind: 'view',
  name: 'slice',
  shape: (_, { counts }) => counts,
  dtype: strongest,
  view: (from, _, { starts, steps }) => sliced(from, starts, steps),
  derivative: [(g, [a], _output, { starts, steps }) => g.apply(pad, [g], { shape: a.shape, starts, steps, value: 0 })],
};

/** @formula y at start + i · step = aᵢ, one value elsewhere */
export const pad: Pad = {
  kind: 'pad',
  name: 'pad',
  shape: (_, { shape }) => shape,
  dtype([dtype], { value }) {
    if ((dtype === 'int32' && value !== (value | 0)) || (dtype === 'bool' && value !== 0 && value !== 1)) {
      throw new DTypeError(`pad: a frame of ${value} does not fit around ${dtype}. Write x.cast('float32') first.`);
    }
    return dtype!;
  },
  derivative: [(g, [a], _output, { starts, steps }) => g.apply(slice, [g], { starts, steps, counts: a.shape })],
};
