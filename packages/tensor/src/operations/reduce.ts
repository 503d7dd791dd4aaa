import { ShapeError } from '../errors.ts';
import { fround } from '../numbers/float32.ts';
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

/** @throws ShapeError when there is nothing along one of the axes */
export function refuseEmpty(name: string, shape: Shape, axes: readonly number[]): void {
  const empty = axes.find((axis) => shape[axis] === 0);
  if (empty === undefined) return;
  throw new ShapeError(
    `${name}: shape ${showShape(shape)} has nothing along axis ${empty}. Check for x.size === 0 first.`,
  );
}

/** A reduced tensor stretched back over the axes that it lost. */
function stretched(reduced: Tensor, input: Tensor, { axes }: ReduceSettings): Tensor {
  return reduced.reshape(reducedShape(input.shape, axes, true)).expand(input.shape);
}

/** The gradient of a largest or smallest element: equal shares for all elements that reach it. */
const sharedByTies: Derivative<ReduceSettings> = (g, [a], output, settings) => {
  const reached = a.equal(stretched(output, a, settings)).cast(g.dtype);
  const ties = reached.sum(settings.axes, { keepdims: true });
  return reached.mul(stretched(g, a, settings)).div(ties);
};

export type ReductionName = 'sum' | 'prod' | 'max' | 'min' | 'any' | 'all';

/** Many elements into one; each is a method of the same name. */
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
      // Whole numbers wrap at 32 bits; a long sum as a double would lose its low digits first.
      runFor: {
        int32(a, i, step, n) {
          let total = 0;
          for (; n-- > 0; i += step) total = (total + a[i]!) | 0;
          return total;
        },
      },
      derivative: [(g, [a], _output, settings) => stretched(g, a, settings)],
    },

    /** @formula Π a */
    prod: {
      dtype: arithmetic,
      identity: 1,
      combine: 'mul',
      run(a, i, step, n, round) {
        let product = 1;
        for (; n-- > 0; i += step) product = round ? fround(product * a[i]!) : product * a[i]!;
        return product;
      },
      // Whole numbers wrap at 32 bits; a long product as a double would lose its low digits first.
      runFor: {
        int32(a, i, step, n) {
          let product = 1;
          for (; n-- > 0; i += step) product = Math.imul(product, a[i]!);
          return product;
        },
      },
      derivative: [(g, [a], _output, settings) => stretched(g, a, settings).mul(productOfOthers(a, settings))],
    },

    /** @formula max a */
    max: {
      dtype: strongest,
      identity: -Infinity,
      refusesEmpty: true,
      combine: 'maximum',
      run(a, i, step, n) {
        let best = a[i]!;
        for (; n-- > 0; i += step) if (a[i]! > best || a[i] !== a[i]) best = a[i]!;
        return best;
      },
      derivative: [sharedByTies],
    },

    /** @formula min a */
    min: {
      dtype: strongest,
      identity: Infinity,
      refusesEmpty: true,
      combine: 'minimum',
      run(a, i, step, n) {
        let best = a[i]!;
        for (; n-- > 0; i += step) if (a[i]! < best || a[i] !== a[i]) best = a[i]!;
        return best;
      },
      derivative: [sharedByTies],
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
 * For each element the product of the others along `axes`: of all before it times of all after it, by doubling
 * strides, so that zeros need no division.
 */
function productOfOthers(a: Tensor, { axes }: ReduceSettings): Tensor {
  const rest = otherAxes(a.shape, axes);
  const order = [...rest, ...axes];
  const moved = a.permute(order);
  const lead = sizeOf(moved.shape.slice(0, rest.length));
  const rows = moved.reshape([lead, sizeOf(moved.shape.slice(rest.length))]);
  const others = productBefore(rows).mul(productBefore(rows.flip(1)).flip(1));
  return others.reshape(moved.shape).permute(order.map((_, axis) => order.indexOf(axis)));
}

/** Along the rows of a matrix, the product of all elements before each one. */
function productBefore(rows: Tensor): Tensor {
  const length = rows.shape[1]!;
  let before = shifted(rows, 1);
  for (let reach = 1; reach < length; reach *= 2) before = before.mul(shifted(before, reach));
  return before;
}

/** The rows moved right by `by` places, ones moving in. */
function shifted(rows: Tensor, by: number): Tensor {
  const { shape } = rows;
  const kept: Tensor = rows.slice([], [0, Math.max(shape[1]! - by, 0)]);
  return kept.apply(pad, [kept], { shape, starts: [0, by], steps: [1, 1], value: 1 });
}
