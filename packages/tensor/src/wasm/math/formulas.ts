import { erf } from './erf.ts';
import { exp, expm1 } from './exp.ts';
import type { WriteFormula } from './functions.ts';
import { log, log1p } from './log.ts';
import { pow } from './pow.ts';
import { powers } from './powers.ts';
import { tanh } from './tanh.ts';
import { cos, sin } from './trigonometry.ts';

/** Elementwise operations that are formulas on float32 lanes, by name; with a known exponent, as `pow 2`. */
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
