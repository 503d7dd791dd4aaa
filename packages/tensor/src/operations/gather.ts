import { ShapeError } from '../error.ts';
import type { Gather, Scatter } from '../operation.ts';
import * as reference from '../reference/gather.ts';
import { sameShape, type Shape, showShape } from '../shape.ts';
import { arithmetic, indexed } from './dtype-rules.ts';

function checkBeside(name: string, shape: Shape, indices: Shape, axis: number): void {
  if (shape.length !== indices.length || shape.some((length, at) => at !== axis && length !== indices[at])) {
    throw new ShapeError(
      `${name}: indices ${showShape(indices)} must have the shape ${showShape(shape)} everywhere but on axis ${axis}. ` +
        `Expand them there, or use take for whole rows.`,
    );
  }
}

/** @formula yᵢⱼ = a at (indexᵢⱼ, j), for axis 0 */
export const gather: Gather = {
  kind: 'gather',
  name: 'gather',
  shape([shape, indices], { axis }) {
    checkBeside('gather', shape!, indices!, axis);
    return indices!;
  },
  dtype: indexed('gather'),
  forward: reference.gather,
  // Added to zeros: the sum of nothing, whatever numbers g holds.
  derivative: [(g, [a, b], _output, { axis }) => g.slice([0, 0]).sum().expand(a.shape).scatterAdd(b, g, axis)],
};

/** @formula y = a, then y at (indexᵢⱼ, j) += sourceᵢⱼ, for axis 0 */
export const scatterAdd: Scatter = {
  kind: 'scatter',
  name: 'scatterAdd',
  shape([shape, indices, source], { axis }) {
    checkBeside('scatterAdd', shape!, indices!, axis);
    if (!sameShape(indices!, source!)) {
      throw new ShapeError(
        `scatterAdd: indices ${showShape(indices!)} and source ${showShape(source!)} must have one shape. ` +
          `Expand the smaller one.`,
      );
    }
    return shape!;
  },
  dtype: (dtypes) => arithmetic([indexed('scatterAdd')(dtypes)]),
  forward: reference.scatter,
  derivative: [(g) => g, undefined, (g, [, b], _output, { axis }) => g.gather(b, axis)],
};
