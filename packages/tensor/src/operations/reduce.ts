import { ShapeError } from '../error.ts';
import type { Partial, Reduce, ReduceSettings } from '../operation.ts';
import { pairwiseSum } from '../numbers/pairwise-sum.ts';
import * as reference from '../reference/reduce.ts';
import { reducedShape, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { byName } from './by-name.ts';
import { arithmetic, strongest, truth } from './dtype-rules.ts';
import { type LawName, laws } from './elementwise.ts';

type Written = Omit<Reduce, 'kind' | 'name' | 'shape' | 'forward' | 'combine'> & { readonly combine: LawName };

/* @__NO_SIDE_EFFECTS__ */
export function reduce(name: string, written: Written): Reduce {
  return {
    kind: 'reduce',
    name,
    shape([shape], { axes, keepdims }) {
      if (written.initial === undefined) refuseEmpty(name, shape!, axes);
      return reducedShape(shape!, axes, keepdims);
    },
    forward: reference.reduce,
    ...written,
    combine: laws[written.combine],
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
export function stretched(reduced: Tensor, input: Tensor, { axes }: ReduceSettings): Tensor {
  return reduced.reshape(reducedShape(input.shape, axes, true)).expand(input.shape);
}

/** The gradient of a largest or smallest element: equal shares for all elements that reach it. */
const sharedByTies: Partial<ReduceSettings> = (g, [a], output, settings) => {
  const reached = a.equal(stretched(output, a, settings)).cast(g.dtype);
  const ties = reached.sum(settings.axes, { keepdims: true });
  return reached.mul(stretched(g, a, settings)).div(ties);
};

export type ReductionName = 'sum' | 'max' | 'min' | 'any' | 'all';

/** Many elements into one; each is a method of the same name. */
export const reductions: { readonly [Name in ReductionName]: Reduce } = /* @__PURE__ */ byName<
  ReductionName,
  Written,
  Reduce
>(
  {
    /** @formula Σ a */
    sum: {
      dtype: arithmetic,
      initial: 0,
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

    /** @formula max a */
    max: {
      dtype: strongest,
      initial: undefined,
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
      initial: undefined,
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
      initial: 0,
      combine: 'logicalOr',
      run(a, i, step, n) {
        for (; n-- > 0; i += step) if (a[i] !== 0) return 1;
        return 0;
      },
    },

    /** @formula a₁ ∧ a₂ ∧ … */
    all: {
      dtype: truth,
      initial: 1,
      combine: 'logicalAnd',
      run(a, i, step, n) {
        for (; n-- > 0; i += step) if (a[i] === 0) return 0;
        return 1;
      },
    },
  },
  reduce,
);
