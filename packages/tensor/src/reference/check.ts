import type { CheckOperation, CheckSettings } from '../operation.ts';
import { blank, packed } from '../strided.ts';
import type { Numbers, ReferenceKernel } from './kernel.ts';

export const check: ReferenceKernel<CheckOperation> = (_, [condition, ...values], settings, shape, dtype) => {
  refuseFirstFalse(settings, condition!, values);
  return blank(shape, dtype);
};

/** Throws the error of a check for the first element of its condition that is false, if there is one. */
export function refuseFirstFalse({ refuse }: CheckSettings, condition: Numbers, values: readonly Numbers[]): void {
  const at = packed(condition, condition.shape, condition.dtype).indexOf(0);
  if (at >= 0) throw refuse(at, values);
}
