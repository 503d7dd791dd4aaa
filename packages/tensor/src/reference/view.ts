import type { View } from '../operation.ts';
import { blank, copyInto } from '../strided.ts';
import type { Kernel } from './kernel.ts';

/** Shares the numbers where the view allows it, and lays them row after row first where it does not. */
export const view: Kernel<View<never>> = (operation, [input], settings, _, dtype) => {
  const seen = operation.view(input!, input!.shape, settings);
  if (seen) return seen;
  const laid = blank(input!.shape, dtype);
  copyInto(laid, input!, input!.shape);
  return operation.view(laid, input!.shape, settings)!;
};
