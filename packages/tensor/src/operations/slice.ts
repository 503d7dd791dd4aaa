import type { Pad, View } from '../operation.ts';
import * as reference from '../reference/join.ts';
import type { Shape } from '../shape.ts';
import { sliced } from '../strided.ts';
import { strongest } from './dtype-rules.ts';
import { viewing } from './viewing.ts';

// A slice takes elements out of a larger shape, a pad puts them into one: each is the other's derivative.

/** Where a slice begins on each axis, how far it steps, and how many elements it takes. */
export interface SliceSettings {
  readonly starts: readonly number[];
  readonly steps: readonly number[];
  readonly counts: Shape;
}

/** @formula yᵢ = a at start + i · step */
export const slice: View<SliceSettings> = /* @__PURE__ */ viewing('slice', {
  shape: (_, { counts }) => counts,
  view: (from, _, { starts, steps }) => sliced(from, starts, steps),
  derivative: [(g, [a], _output, { starts, steps }) => g.apply(pad, [g], { shape: a.shape, starts, steps, value: 0 })],
});

/** @formula y at start + i · step = aᵢ, one value elsewhere */
export const pad: Pad = {
  kind: 'pad',
  name: 'pad',
  shape: (_, { shape }) => shape,
  dtype: strongest,
  forward: reference.pad,
  derivative: [(g, [a], _output, { starts, steps }) => g.apply(slice, [g], { starts, steps, counts: a.shape })],
};
