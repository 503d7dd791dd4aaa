import type { GatherOperation, ScatterOperation } from '../operation.ts';
import * as reference from '../reference/gather.ts';
import { checkSame, type Shape } from '../shape.ts';
import { arithmetic, indexed } from './rules.ts';

/** Checks that the indices have the shape of the tensor except along the axis. */
function checkIndices(indices: Shape, shape: Shape, axis: number, caller: string): void {
  const wanted = shape.with(axis, indices[axis] ?? shape[axis]!);
  checkSame(indices, wanted, `${caller}: indices`, 'Expand them, or use take for whole rows.');
}

/** @formula y[i, j] = a[index[i, j], j], for axis 0 */
export const gather: GatherOperation = {
  kind: 'gather',
  name: 'gather',
  shape([shape, indices], { axis }) {
    checkIndices(indices!, shape!, axis, 'gather');
    return indices!;
  },
  dtype: indexed('gather'),
  forward: reference.gather,
  // The zeros are an empty sum of g, so that they have its dtype and g may hold NaN.
  derivative: [(g, [a, b], _output, { axis }) => g.slice([0, 0]).sum().expand(a.shape).scatterAdd(b, g, axis)],
};

/** @formula y = a, then y[index[i, j], j] += source[i, j], for axis 0 */
export const scatterAdd: ScatterOperation = {
  kind: 'scatter',
  name: 'scatterAdd',
  shape([shape, indices, source], { axis }) {
    checkIndices(indices!, shape!, axis, 'scatterAdd');
    checkSame(source!, indices!, 'scatterAdd: source');
    return shape!;
  },
  dtype: (dtypes) => arithmetic([indexed('scatterAdd')(dtypes)]),
  forward: reference.scatter,
  derivative: [(g) => g, undefined, (g, [, b], _output, { axis }) => g.gather(b, axis)],
};
