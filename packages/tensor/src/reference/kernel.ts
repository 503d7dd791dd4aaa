import type { DType } from '../dtype.ts';
import type { Operation, SettingsOf } from '../operation.ts';
import type { Shape } from '../shape.ts';
import type { Strided } from '../strided.ts';

/** An operand with its numbers. */
export interface Numbers extends Strided {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Carries out one kind of operation: plain loops, computed in doubles and rounded once per stored result. */
export type ReferenceKernel<O extends Operation> = (
  operation: O,
  inputs: readonly Numbers[],
  settings: SettingsOf<O>,
  shape: Shape,
  dtype: DType,
) => Strided;
