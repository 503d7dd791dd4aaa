import type { Elementwise } from '../operation.ts';
import { strongest } from './dtype-rules.ts';
import { law } from './elementwise.ts';

/**
 * a held between b and c, or at c where b lies above it; both ends still pass the gradient to a.
 *
 * @formula min(max(a, b), c)
 */
export const clip: Elementwise = /* @__PURE__ */ law('clip', {
  dtype: strongest,
  loop(n, y, o, a, i, da, b, j, db, c, k, dc) {
    for (; n-- > 0; i += da, j += db, k += dc) {
      // NaN wins wherever it stands.
      const low = b[j]!;
      const high = c[k]!;
      const raised = a[i]! < low || low !== low ? low : a[i]!;
      y[o++] = raised > high || high !== high ? high : raised;
    }
  },
  derivative: [
    (g, [a, low, high]) => a.greaterEqual(low).logicalAnd(a.lessEqual(high)).where(g, 0),
    (g, [a, low, high]) => a.less(low).logicalAnd(low.lessEqual(high)).where(g, 0),
    (g, [a, low, high]) => a.greater(high).logicalOr(low.greater(high)).where(g, 0),
  ],
});
