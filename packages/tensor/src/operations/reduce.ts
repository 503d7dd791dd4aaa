import { ShapeError } from '../errors.ts';
import { pairwiseSum } from '../numbers/pairwise-sum.ts';
import type { Derivative, ReduceOperation, ReduceSettings } from '../operation.ts';
import * as reference from '../reference/reduce.ts';
import { otherAxes, reducedShape, type Shape, showShape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { elementwise, type ElementwiseName } from './elementwise.ts';
import { pad } from './join.ts';
import { arithmetic, byName, strongest, truth } from './rules.ts';

type Written = Omit<ReduceOperation, 'kind' | 'name' | 'shape' | 'forward' | 'combine'> & {
  readonly combine: ElementwiseName;
};

/* @__NO_SIDE_EFFECTS__ */
function reduce(name: string, written: Written): ReduceOperation {
  return {
    kind: 'reduce',
    name,
    shape([shape], { axes, keepdims }) {
      if (written.refusesEmpty) refuseEmpty(name, shape!, axes);
      return reducedShape(shape!, axes, keepdims);
    },
    forward: reference.reduce,
    ...written,
    combine: elementwise[written.combine],
  };
}

/** @throws ShapeError when one of the axes has length 0 */
export function refuseEmpty(name: string, shape: Shape, axes: readonly number[]): void {
  const empty = axes.find((axis) => shape[axis] === 0);
  if (empty === undefined) return;
  throw new ShapeError(
    `${name}: shape ${showShape(shape)} has no elements along axis ${empty}. Check for x.size === 0 first.`,
  );
}

/** A reduced tensor broadcast back to the shape of the input. */
function expandReduced(reduced: Tensor, input: Tensor, { axes }: ReduceSettings): Tensor {
  return reduced.reshape(reducedShape(input.shape, axes, true)).expand(input.shape);
}

/** The gradient of max and min: divided equally among all elements that are equal to the result. */
const gradientOfExtremum: Derivative<ReduceSettings> = (g, [a], output, settings) => {
  const equal = a.equal(expandReduced(output, a, settings)).cast(g.dtype);
  const ties = equal.sum(settings.axes, { keepdims: true });
  return equal.mul(expandReduced(g, a, settings)).div(ties);
};

export type ReductionName = 'sum' | 'prod' | 'max' | 'min' | 'any' | 'all';

/** The reductions; each is a method of the same name. */
export const reductions: { readonly [Name in ReductionName]: ReduceOperation } = /* @__PURE__ */ byName<
  ReductionName,
  Written,
  ReduceOperation
>(
  {
    /** @formula Σ a */
    sum: {
      dtype: arithmetic,
      identity: 0,
      combine: 'add',
      run: pairwiseSum,
      // int32 wraps at 32 bits. A long sum in float64 would lose its low digits first.
      runFor: {
        int32(a, i, step, n) {
          let total = 0;
          for (; n-- > 0; i += step) total = (total + a[i]!) | 0;
          return total;
        },
      },
      derivative: [(g, [a], _output, settings) => expandReduced(g, a, settings)],
    },

    /** @formula Π a */
    prod: {
      dtype: arithmetic,
      identity: 1,
      combine: 'mul',
      // Each rounding of a partial product is a relative error of the result, in whatever order they are multiplied.
      accumulator: 'float64',
      run(a, i, step, n) {
        let product = 1;
        for (; n-- > 0; i += step) product *= a[i]!;
        return product;
      },
      // int32 wraps at 32 bits. A long product in float64 would lose its low digits first.
      runFor: {
        int32(a, i, step, n) {
          let product = 1;
          for (; n-- > 0; i += step) product = Math.imul(product, a[i]!);
          return product;
        },
      },
      derivative: [(g, [a], _output, settings) => expandReduced(g, a, settings).mul(productOfOthers(a, settings))],
    },

    /** @formula max a */
    max: {
      dtype: strongest,
      identity: -Infinity,
      refusesEmpty: true,
      combine: 'maximum',
      run(a, i, step, n) {
        let best = -Infinity;
        for (; n-- > 0; i += step) best = Math.max(best, a[i]!);
        return best;
      },
      derivative: [gradientOfExtremum],
    },

    /** @formula min a */
    min: {
      dtype: strongest,
      identity: Infinity,
      refusesEmpty: true,
      combine: 'minimum',
      run(a, i, step, n) {
        let best = Infinity;
        for (; n-- > 0; i += step) best = Math.min(best, a[i]!);
        return best;
      },
      derivative: [gradientOfExtremum],
    },

    /** @formula a₁ ∨ a₂ ∨ … */
    any: {
      dtype: truth,
      identity: 0,
      combine: 'logicalOr',
      run(a, i, step, n) {
        for (; n-- > 0; i += step) if (a[i] !== 0) return 1;
        return 0;
      },
    },

    /** @formula a₁ ∧ a₂ ∧ … */
    all: {
      dtype: truth,
      identity: 1,
      combine: 'logicalAnd',
      run(a, i, step, n) {
        for (; n-- > 0; i += step) if (a[i] === 0) return 0;
        return 1;
      },
    },
  },
  reduce,
);

/**
 * For each element the product of the other elements along `axes`: the product of those before it times the product of
 * those after it. Unlike a division of the total, this is right for zeros.
 */
function productOfOthers(a: Tensor, { axes }: ReduceSettings): Tensor {
  const rest = otherAxes(a.shape, axes);
  const order = [...rest, ...axes];
  const permuted = a.permute(order);
  const lead = sizeOf(permuted.shape.slice(0, rest.length));
  const rows = permuted.reshape([lead, sizeOf(permuted.shape.slice(rest.length))]);
  const others = productBefore(rows).mul(productBefore(rows.flip(1)).flip(1));
  return others.reshape(permuted.shape).permute(order.map((_, axis) => order.indexOf(axis)));
}

/** The exclusive cumulative product along the rows of a matrix, in log₂ n steps (Hillis and Steele's scan). */
function productBefore(rows: Tensor): Tensor {
  const length = rows.shape[1]!;
  let before = shifted(rows, 1);
  for (let distance = 1; distance < length; distance *= 2) before = before.mul(shifted(before, distance));
  return before;
}

/** The rows shifted right by `by` elements, filled with ones at the left. */
function shifted(rows: Tensor, by: number): Tensor {
  const { shape } = rows;
  const kept: Tensor = rows.slice([], [0, Math.max(shape[1]! - by, 0)]);
  return kept.apply(pad, [kept], { shape, starts: [0, by], steps: [1, 1], value: 1 });
}
