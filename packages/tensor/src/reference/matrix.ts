import type { MatrixOperation, MatrixSizes } from '../operation.ts';
import { sizeOf } from '../shape.ts';
import { blank, copyInto } from '../strided.ts';
import type { ReferenceKernel } from './kernel.ts';

/** Runs a function of matrices for one element of the batch after the other, in float64. */
export const matrix: ReferenceKernel<MatrixOperation<never>> = (operation, inputs, settings, shape, dtype) => {
  const batch = sizeOf(inputs[0]!.shape.slice(0, -2));
  const sizes = inputs.map((input) => input.shape.slice(-2)) as unknown as MatrixSizes;
  const counts = sizes.map(([rows, columns]) => rows * columns);
  const operands = inputs.map((input) => {
    const copy = blank(input.shape, 'float64');
    copyInto(copy, input, input.shape);
    return copy.array as Float64Array;
  });
  const result = blank(shape, dtype);
  const size = batch === 0 ? 0 : result.array.length / batch;
  for (let at = 0; at < batch; at++) {
    const y = new Float64Array(size);
    const matrices = operands.map((array, index) => array.slice(at * counts[index]!, (at + 1) * counts[index]!));
    operation.compute(y, matrices as [Float64Array, Float64Array], sizes, settings);
    result.array.set(y, at * size);
  }
  return result;
};
