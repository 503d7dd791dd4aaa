import type { DType } from '../dtype.ts';
import type { Kind, Operation, SettingsOf } from '../operation.ts';
import type { Shape } from '../shape.ts';
import type { Strided } from '../strided.ts';
import { elementwise } from './elementwise.ts';
import { gather, scatter } from './gather.ts';
import { concat, pad } from './join.ts';
import type { Kernel, Numbers } from './kernel.ts';
import { matmul } from './matmul.ts';
import { random } from './random.ts';
import { reduce, search } from './reduce.ts';
import { view } from './view.ts';

/** One plain kernel per kind of operation: the definition of right for every other backend. */
const kernels: { readonly [K in Kind]: Kernel<Extract<Operation, { kind: K }>> } = {
  elementwise,
  reduce,
  search,
  view,
  pad,
  concat,
  matmul,
  gather,
  scatter,
  random,
};

/** Carries out one operation on numbers. */
export function carryOut(
  operation: Operation,
  inputs: readonly Numbers[],
  settings: unknown,
  shape: Shape,
  dtype: DType,
): Strided {
  // The table pairs each kind with its own kernel; the pairing is lost to the type checker at a union.
  const kernel = kernels[operation.kind] as Kernel<Operation>;
  return kernel(operation, inputs, settings as SettingsOf<Operation>, shape, dtype);
}
