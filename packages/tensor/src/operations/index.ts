import type { ElementwiseOperation, ReduceOperation } from '../operation.ts';
import { cast, clip, elementwise, type ElementwiseName, erf, where } from './elementwise.ts';
import { gather, scatterAdd } from './gather.ts';
import { concat, pad, slice } from './join.ts';
import { matmul } from './matmul.ts';
import { uniform } from './random.ts';
import { type ReductionName, reductions } from './reduce.ts';
import { argmax, argmin } from './search.ts';
import { detach, expand, permute, reshape, watch } from './view.ts';

type Operations = { readonly [Name in ElementwiseName]: ElementwiseOperation } & {
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
  readonly concat: typeof concat;
  readonly matmul: typeof matmul;
  readonly gather: typeof gather;
  readonly scatterAdd: typeof scatterAdd;
  readonly uniform: typeof uniform;
};

/** All operations by name, for tests and documentation pages. */
export const operations: Operations = {
  ...elementwise,
  ...reductions,
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
  concat,
  matmul,
  gather,
  scatterAdd,
  uniform,
};
