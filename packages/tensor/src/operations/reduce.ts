import { ShapeError } from '../error.ts';
import type { Reduce, ReduceSettings, Search } from '../operation.ts';
import { pairwiseSum } from '../numbers/pairwise-sum.ts';
import { reducedShape, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { arithmetic, strongest, truth } from './dtype-rules.ts';
import { add, logicalAnd, logicalOr, maximum, minimum, mul } from './elementwise.ts';

type Written = Omit<Reduce, 'kind' | 'shape'>;

/* @__NO_SIDE_EFFECTS__ */
function reduce(written: Written): Reduce {
  return {
    kind: 'reduce',
    shape([shape], { axes, keepdims }) {
      if (written.initial === undefined) refuseEmpty(written.name, shape!, axes);
      return reducedShape(shape!, axes, keepdims);
    },
    ...written,
  };
}

function refuseEmpty(name: string, shape: Shape, axes: readonly number[]): void {
  if (axes.some((axis) => shape[axis] === 0)) {
    throw new ShapeError(
      `${name}: shape ${showShape(shape)} has nothing along axis ${axes.find((axis) => shape[axis] === 0)}, ` +
        `and nothing has no ${name}. Check for x.size === 0 first.`,
    );
  }
}

/** A reduced tensor stretched back over the axes that it lost. */
function stretched(reduced: Tensor, input: Tensor, { axes }: ReduceSettings): Tensor {
  return reduced.reshape(reducedShape(input.shape, axes, true)).expand(input.shape);
}

/** @formula Σ a */
export const sum: Reduce = /* @__PURE__ */ reduce({
  name: 'sum',
  dtype: arithmetic,
  initial: 0,
  combine: add,
  run: pairwiseSum,
  // Whole numbers wrap at 32 bits; a long sum as a double would lose its low digits first, and so would a product.
  runFor: {
    int32(a, i, step, n) {
      let total = 0;
      for (; n-- > 0; i += step) total = (total + a[i]!) | 0;
      return total;
    },
  },
  derivative: [({ g, a, settings }) => stretched(g, a, settings)],
});

/** @formula Π a */
export const prod: Reduce = /* @__PURE__ */ reduce({
  name: 'prod',
  dtype: arithmetic,
  initial: 1,
  combine: mul,
  run(a, i, step, n, round) {
    let product = 1;
    for (; n-- > 0; i += step) product = round ? Math.fround(product * a[i]!) : product * a[i]!;
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
  derivative: [({ g, a, settings }) => stretched(g, a, settings).mul(productOfOthers(a, settings))],
});

/** @formula max a */
export const max: Reduce = /* @__PURE__ */ reduce({
  name: 'max',
  dtype: strongest,
  initial: undefined,
  combine: maximum,
  run(a, i, step, n) {
    let best = a[i]!;
    for (; n-- > 0; i += step) if (a[i]! > best || a[i] !== a[i]) best = a[i]!;
    return best;
  },
  derivative: [({ g, a, output, settings }) => sharedByTies(g, a, output, settings)],
});

/** @formula min a */
export const min: Reduce = /* @__PURE__ */ reduce({
  name: 'min',
  dtype: strongest,
  initial: undefined,
  combine: minimum,
  run(a, i, step, n) {
    let best = a[i]!;
    for (; n-- > 0; i += step) if (a[i]! < best || a[i] !== a[i]) best = a[i]!;
    return best;
  },
  derivative: [({ g, a, output, settings }) => sharedByTies(g, a, output, settings)],
});

/** @formula a₁ ∨ a₂ ∨ … */
export const any: Reduce = /* @__PURE__ */ reduce({
  name: 'any',
  dtype: truth,
  initial: 0,
  combine: logicalOr,
  run(a, i, step, n) {
    for (; n-- > 0; i += step) if (a[i] !== 0) return 1;
    return 0;
  },
});

/** @formula a₁ ∧ a₂ ∧ … */
export const all: Reduce = /* @__PURE__ */ reduce({
  name: 'all',
  dtype: truth,
  initial: 1,
  combine: logicalAnd,
  run(a, i, step, n) {
    for (; n-- > 0; i += step) if (a[i] === 0) return 0;
    return 1;
  },
});

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
  const rest = a.shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...rest, ...axes];
  const lead = rest.map((axis) => a.shape[axis]!);
  const rows = a
    .permute(order)
    .reshape([lead.reduce((x, y) => x * y, 1), axes.reduce((n, axis) => n * a.shape[axis]!, 1)]);
  const others = productBefore(rows).mul(productBefore(rows.flip(1)).flip(1));
  const back = order.map((_, axis) => order.indexOf(axis));
  return others.reshape([...lead, ...axes.map((axis) => a.shape[axis]!)]).permute(back);
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

type WrittenSearch = Pick<Search, 'name' | 'better'>;

/* @__NO_SIDE_EFFECTS__ */
function search(written: WrittenSearch): Search {
  return {
    kind: 'search',
    shape([shape], { axis, keepdims }) {
      refuseEmpty(written.name, shape!, [axis]);
      return reducedShape(shape!, [axis], keepdims);
    },
    dtype: () => 'int32',
    ...written,
  };
}

/**
 * The place of the largest element: the first of equals; NaN counts as largest.
 *
 * @formula the first i with aᵢ = max a
 */
export const argmax: Search = /* @__PURE__ */ search({
  name: 'argmax',
  better: (candidate, best) => candidate > best || (candidate !== candidate && best === best),
});

/**
 * The place of the smallest element: the first of equals; NaN counts as smallest.
 *
 * @formula the first i with aᵢ = min a
 */
export const argmin: Search = /* @__PURE__ */ search({
  name: 'argmin',
  better: (candidate, best) => candidate < best || (candidate !== candidate && best === best),
});
