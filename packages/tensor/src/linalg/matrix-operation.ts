import { ShapeError } from '../errors.ts';
import type { MatrixOperation, MatrixSizes } from '../operation.ts';
import { floating } from '../operations/rules.ts';
import { matrix } from '../reference/matrix.ts';
import { broadcastShapes, type Shape, showShape, sizeOf } from '../shape.ts';
import { checkTensor, type Tensor } from '../tensor.ts';

interface Entry<Settings> extends Pick<MatrixOperation<Settings>, 'compute' | 'derivative'> {
  /** The shape of the result for one matrix of each input. */
  result(sizes: MatrixSizes, settings: Settings): Shape;
}

/** A function of matrices from its entry: its result is floating, and has the axes of the batch first. */
/* @__NO_SIDE_EFFECTS__ */
export function matrixOperation<Settings = undefined>(
  name: string,
  { result, ...entry }: Entry<Settings>,
): MatrixOperation<Settings> {
  return {
    kind: 'matrix',
    name,
    dtype: floating,
    forward: matrix as MatrixOperation<Settings>['forward'],
    shape: (shapes, settings) => [
      ...shapes[0]!.slice(0, -2),
      ...result(shapes.map((shape) => shape.slice(-2)) as unknown as MatrixSizes, settings),
    ],
    ...entry,
  };
}

/** @throws ShapeError when a tensor has not two axes or more */
export function checkMatrix(a: Tensor, caller: string): Tensor {
  if (checkTensor(a, caller).rank >= 2) return a;
  throw new ShapeError(
    `${caller}: expected a matrix, or a batch of matrices, got shape ${showShape(a.shape)}. Reshape it to two axes or more.`,
  );
}

/** @throws ShapeError when a tensor is not a square matrix, or a batch of square matrices */
export function checkSquare(a: Tensor, caller: string): Tensor {
  const [rows, columns] = checkMatrix(a, caller).shape.slice(-2);
  if (rows === columns) return a;
  throw new ShapeError(
    `${caller}: expected square matrices, got shape ${showShape(a.shape)}. The last two axes must have equal lengths.`,
  );
}

/** Two tensors with the axes before the last two broadcast. */
export function sameBatch(a: Tensor, b: Tensor, caller: string): readonly [Tensor, Tensor] {
  const batch = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2), caller);
  return [a.expand([...batch, ...a.shape.slice(-2)]), b.expand([...batch, ...b.shape.slice(-2)])] as [Tensor, Tensor];
}

/** Several results from the one axis in which an operation packs them. */
export function unpacked(result: Tensor, shapes: readonly Shape[]): readonly Tensor[] {
  const batch = result.shape.slice(0, -1);
  let start = 0;
  return shapes.map((shape) => {
    const from = start;
    start += sizeOf(shape);
    return result.slice(...batch.map((): [] => []), [from, start]).reshape([...batch, ...shape]) as Tensor;
  });
}

/** The product of matrices a · b, for tensors of any shape. */
export const times = (a: Tensor, b: Tensor): Tensor => a.matmul(b) as Tensor;
