import { ShapeError } from '../error.ts';
import type { Reduce, ReduceSettings, Search } from '../operation.ts';
import { fround } from '../numbers/fround.ts';
import { pairwiseSum } from '../numbers/pairwise-sum.ts';
import { otherAxes, reducedShape, type Shape, showShape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { byName } from './by-name.ts';
import { arithmetic, strongest, truth } from './dtype-rules.ts';
import { laws } from './elementwise.ts';

type Written = Omit<Reduce, 'kind' | 'name' | 'shape'>;

function reduce(name: string, written: Written): Reduce {
  return {
    kind: 'reduce',
    name,
    shape([shape], { axes, keepdims }) {
      if (written.initial === undefined) refuseEmpty(name, shape!, axes);
      return reducedShape(shape!, axes, keepdims);
    },
    ...written,
  };
}

function refuseEmpty(name: string, shape: Shape, axes: readonly number[]): void {
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

export type ReductionName = 'sum' | 'prod' | 'max' | 'min' | 'any' | 'all';

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
      combine: laws.add,
      run: pairwiseSum,
      // Whole numbers wrap at 32 bits; a long sum as a double would lose its low digits first, and so would a product.
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
      initial: 1,
      combine: laws.mul,
      run(a, i, step, n, round) {
        let product = 1;
        for (; n-- > 0; i += step) product = round ? fround(product * a[i]!) : product * a[i]!;
        return product;
      },
      runFor: {
        int32(a, i, step, n) {
          let product = 1;
          for (; n-- > 0; i += step) product = Math.imul(product, a[i]!);
          return product;
        },
      },
      // The product of all others: the product divided by the element, except beside zeros, where it is taken apart.
      derivative: [(g, [a], _output, settings) => stretched(g, a, settings).mul(productOfOthers(a, settings))],
    },

    /** @formula max a */
    max: {
      dtype: strongest,
      initial: undefined,
      combine: laws.maximum,
      run(a, i, step, n) {
        let best = a[i]!;
        for (; n-- > 0; i += step) if (a[i]! > best || a[i] !== a[i]) best = a[i]!;
        return best;
      },
      derivative: [(g, [a], output, settings) => sharedByTies(g, a, output, settings)],
    },

    /** @formula min a */
    min: {
      dtype: strongest,
      initial: undefined,
      combine: laws.minimum,
      run(a, i, step, n) {
        let best = a[i]!;
        for (; n-- > 0; i += step) if (a[i]! < best || a[i] !== a[i]) best = a[i]!;
        return best;
      },
      derivative: [(g, [a], output, settings) => sharedByTies(g, a, output, settings)],
    },

    /** @formula a₁ ∨ a₂ ∨ … */
    any: {
      dtype: truth,
      initial: 0,
      combine: laws.logicalOr,
      run(a, i, step, n) {
        for (; n-- > 0; i += step) if (a[i] !== 0) return 1;
        return 0;
      },
    },

    /** @formula a₁ ∧ a₂ ∧ … */
    all: {
      dtype: truth,
      initial: 1,
      combine: laws.logicalAnd,
      run(a, i, step, n) {
        for (; n-- > 0; i += step) if (a[i] === 0) return 0;
        return 1;
      },
    },
  },
  reduce,
);

/** The gradient of a largest or smallest element: equal shares for all elements that reach it. */
function sharedByTies(g: Tensor, a: Tensor, output: Tensor, settings: ReduceSettings): Tensor {
  const reached = a.equal(stretched(output, a, settings)).cast(g.dtype);
  const ties = reached.sum(settings.axes, { keepdims: true });
  return reached.mul(stretched(g, a, settings)).div(ties);
}

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
  const length = rows.shape[1]!;
  return rows.slice([], [0, Math.max(length - by, 0)]).pad(
    [
      [0, 0],
      [Math.min(by, length), 0],
    ],
    { value: 1 },
  );
}

function search(name: string, written: Pick<Search, 'better'>): Search {
  return {
    kind: 'search',
    name,
    shape([shape], { axis, keepdims }) {
      refuseEmpty(name, shape!, [axis]);
      return reducedShape(shape!, [axis], keepdims);
    },
    dtype: () => 'int32',
    ...written,
  };
}

/** Where an element stands; each is a method of the same name. */
export const searches: { readonly argmax: Search; readonly argmin: Search } = /* @__PURE__ */ byName<
  'argmax' | 'argmin',
  Pick<Search, 'better'>,
  Search
>(
  {
    /**
     * The place of the largest element: the first of equals; NaN counts as largest.
     *
     * @formula the first i with aᵢ = max a
     */
    argmax: {
      better: (candidate, best) => candidate > best || (candidate !== candidate && best === best),
    },

    /**
     * The place of the smallest element: the first of equals; NaN counts as smallest.
     *
     * @formula the first i with aᵢ = min a
     */
    argmin: {
      better: (candidate, best) => candidate < best || (candidate !== candidate && best === best),
    },
  },
  search,
);
