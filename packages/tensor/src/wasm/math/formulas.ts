import { erf } from './erf.ts';
import { exp, expm1, log, log1p, pow, powers, tanh } from './exponential.ts';
import { cos, sin } from './trigonometry.ts';
import type { WriteFormula } from './vector.ts';

/** ElementwiseOperation operations that are formulas on float32 lanes, by name; with a known exponent, as `pow 2`. */
export const formulas: Readonly<Record<string, WriteFormula>> = {
  ...powers,
  cos,
  erf,
  exp,
  expm1,
  log,
  log1p,
  pow,
  sin,
  tanh,
};
