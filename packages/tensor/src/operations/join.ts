import { DTypeError, ShapeError } from '../error.ts';
import type { Concat } from '../operation.ts';
import * as reference from '../reference/join.ts';
import { checkShape, showShape } from '../shape.ts';
import { strongest } from './dtype-rules.ts';

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
