import type { ElementwiseOperation, Operation, ReduceOperation } from '../operation.ts';
import { cast, clip, elementwise, type ElementwiseName, erf, where } from './elementwise.ts';
import { after, withDerivative } from './identity.ts';
import { gather, scatterAdd } from './gather.ts';
import { convolution } from './convolution.ts';
import { concat, pad, slice } from './join.ts';
import * as math from './math.ts';
import { matmul } from './matmul.ts';
import { uniform } from './random.ts';
import { type ReductionName, reductions } from './reduce.ts';
import { argmax, argmin } from './search.ts';
import { overlapAdd, slidingWindows } from './window.ts';
import { detach, expand, permute, reshape, watch } from './view.ts';

type MathName = Exclude<keyof typeof math, 'polygamma'>;

type Operations = { readonly [Name in MathName | 'polygamma1']: ElementwiseOperation } & {
  readonly [Name in ElementwiseName]: ElementwiseOperation;
} & {
  readonly [Name in ReductionName]: ReduceOperation;
} & {
  readonly where: typeof where;
  readonly clip: typeof clip;
  readonly cast: typeof cast;
  readonly erf: typeof erf;
  readonly argmax: typeof argmax;
  readonly argmin: typeof argmin;
  readonly reshape: typeof reshape;
  readonly permute: typeof permute;
  readonly expand: typeof expand;
  readonly detach: typeof detach;
  readonly watch: typeof watch;
  readonly slice: typeof slice;
  readonly pad: typeof pad;
  readonly slidingWindows: typeof slidingWindows;
  readonly overlapAdd: typeof overlapAdd;
  readonly convolution: typeof convolution;
  readonly concat: typeof concat;
  readonly matmul: typeof matmul;
  readonly gather: typeof gather;
  readonly scatterAdd: typeof scatterAdd;
  readonly uniform: typeof uniform;
  readonly withDerivative: typeof withDerivative;
  readonly after: typeof after;
};

/** All operations by name, for tests and documentation pages. */
export const operations: Operations = {
  ...elementwise,
  ...reductions,
  tan: math.tan,
  asin: math.asin,
  acos: math.acos,
  atan: math.atan,
  sinh: math.sinh,
  cosh: math.cosh,
  asinh: math.asinh,
  acosh: math.acosh,
  atanh: math.atanh,
  log2: math.log2,
  log10: math.log10,
  exp2: math.exp2,
  erfc: math.erfc,
  lgamma: math.lgamma,
  digamma: math.digamma,
  trunc: math.trunc,
  roundFloat16: math.roundFloat16,
  atan2: math.atan2,
  fmod: math.fmod,
  remainder: math.remainder,
  floorDivide: math.floorDivide,
  truncateDivide: math.truncateDivide,
  bitwiseAnd: math.bitwiseAnd,
  bitwiseOr: math.bitwiseOr,
  bitwiseXor: math.bitwiseXor,
  leftShift: math.leftShift,
  rightShift: math.rightShift,
  bitwiseNot: math.bitwiseNot,
  polygamma1: math.polygamma(1),
  where,
  clip,
  cast,
  erf,
  argmax,
  argmin,
  reshape,
  permute,
  expand,
  detach,
  watch,
  slice,
  pad,
  slidingWindows,
  overlapAdd,
  convolution,
  concat,
  matmul,
  gather,
  scatterAdd,
  uniform,
  withDerivative,
  after,
};

/** All elementwise operations, in an order that is the same in every thread. */
export const elementwiseOperations: readonly ElementwiseOperation<never>[] = /* @__PURE__ */ Object.values(
  operations as Readonly<Record<string, Operation>>,
).filter((operation) => operation.kind === 'elementwise');
