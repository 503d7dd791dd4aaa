import type { SearchOperation } from '../operation.ts';
import * as reference from '../reference/reduce.ts';
import { reducedShape } from '../shape.ts';
import { refuseEmpty } from './reduce.ts';

/* @__NO_SIDE_EFFECTS__ */
function search(name: string, order: SearchOperation['order']): SearchOperation {
  return {
    kind: 'search',
    name,
    shape([shape], { axis, keepdims }) {
      refuseEmpty(name, shape!, [axis]);
      return reducedShape(shape!, [axis], keepdims);
    },
    dtype: () => 'int32',
    forward: reference.search,
    order,
  };
}

/**
 * The index of the largest element: the first of equals; NaN counts as the largest.
 *
 * @formula the first i with aᵢ = max a
 */
export const argmax: SearchOperation = /* @__PURE__ */ search('argmax', 'largest');

/**
 * The index of the smallest element: the first of equals; NaN counts as the smallest.
 *
 * @formula the first i with aᵢ = min a
 */
export const argmin: SearchOperation = /* @__PURE__ */ search('argmin', 'smallest');
