import { erf as erfOf } from '../numbers/erf.ts';
import type { Elementwise } from '../operation.ts';
import { floating } from './dtype-rules.ts';
import { law } from './elementwise.ts';

/** @formula 2/√π · ∫₀ᵃ e^(−t²) dt */
export const erf: Elementwise = /* @__PURE__ */ law('erf', {
  dtype: floating,
  loop(n, y, o, a, i, da) {
    for (; n-- > 0; i += da) y[o++] = erfOf(a[i]!);
  },
  derivative: [(g, [a]) => g.mul(a.mul(a).neg().exp()).mul(2 / Math.sqrt(Math.PI))],
});
