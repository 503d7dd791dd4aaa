import { computedIn, type DType } from '../dtype.ts';
import type { Operation, SettingsOf } from '../operation.ts';
import { type Shape, sizeOf } from '../shape.ts';
import { blank, copyInto, type Strided } from '../strided.ts';

/** An operand and its elements. */
export interface Numbers extends Strided {
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * The operands of an operation as it computes with them: int32 is rounded to float32 where the operation computes in
 * float32.
 */
export function operandsFor(result: DType, operands: readonly Numbers[]): readonly Numbers[] {
  let integers = false;
  for (const { dtype } of operands) integers ||= dtype === 'int32';
  if (!integers) return operands;
  const dtypes = operands.map(({ dtype }) => dtype);
  if (computedIn(dtypes, result) !== 'float32') return operands;
  return operands.map((operand) => {
    const { array, shape, dtype } = operand;
    if (dtype !== 'int32') return operand;
    // `new Float32Array` converts several times faster than `copyInto`. Elements outside the view are converted too, so
    // the array must not be longer than the view.
    if (array.length <= sizeOf(shape)) return { ...operand, array: new Float32Array(array), dtype: 'float32' };
    const rounded = blank(shape, 'float32');
    copyInto(rounded, operand, shape);
    return { ...rounded, shape, dtype: 'float32' };
  });
}

/** Runs one kind of operation: plain loops, computed in float64 and rounded once per stored result. */
export type ReferenceKernel<O extends Operation> = (
  operation: O,
  inputs: readonly Numbers[],
  settings: SettingsOf<O>,
  shape: Shape,
  dtype: DType,
) => Strided;
