import type { Reduce, ReduceSettings } from '../operation.ts';
import { fround } from '../numbers/fround.ts';
import { otherAxes, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { arithmetic } from './dtype-rules.ts';
import { reduce, stretched } from './reduce.ts';
import { pad } from './slice.ts';

/** @formula Π a */
export const prod: Reduce = /* @__PURE__ */ reduce('prod', {
  dtype: arithmetic,
  initial: 1,
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
});

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
