import { concat } from '../combination.ts';
import { describe, ShapeError } from '../errors.ts';
import { normalizeAxis, type Shape, showShape, sizeOf } from '../shape.ts';
import { checkTensor, type Tensor } from '../tensor.ts';

/**
 * The sum of products over several axes of two tensors.
 *
 *   y[i…, j…] = Σ a[i…, k…] · b[k…, j…]
 *
 * It is one product of matrices.
 *
 * @param axes  how many last axes of a are summed with as many first axes of b, or the axes of a and those of b
 * @throws ShapeError when the axes differ in number or in length
 * @example String(tensordot(tensor([[1, 2], [3, 4]]), tensor([[1, 0], [0, 1]]), 2))   // 5.0
 * @see NumPy: tensordot
 */
export function tensordot(
  a: Tensor,
  b: Tensor,
  axes: number | readonly [ofA: readonly number[], ofB: readonly number[]] = 2,
): Tensor {
  const [x, y] = [checkTensor(a, 'tensordot'), checkTensor(b, 'tensordot')];
  const [ofA, ofB] = pairsOf(axes, x, y);
  const lengthsOf = (of: Tensor, list: readonly number[]): Shape => list.map((axis) => of.shape[axis]!);
  const [left, right] = [lengthsOf(x, ofA), lengthsOf(y, ofB)];
  if (left.join() !== right.join()) {
    throw new ShapeError(
      `tensordot: axes ${showShape(ofA)} of ${showShape(x.shape)} and ${showShape(ofB)} of ${showShape(y.shape)} must be ` +
        `equally long. Name axes that belong together.`,
    );
  }
  const others = (of: Tensor, list: readonly number[]): readonly number[] =>
    [...of.shape.keys()].filter((axis) => !list.includes(axis));
  const [rows, columns] = [others(x, ofA), others(y, ofB)];
  const k = sizeOf(left);
  const first = x.permute([...rows, ...ofA]).reshape([sizeOf(lengthsOf(x, rows)), k]) as Tensor;
  const second = y.permute([...ofB, ...columns]).reshape([k, sizeOf(lengthsOf(y, columns))]) as Tensor;
  return first.matmul(second).reshape([...lengthsOf(x, rows), ...lengthsOf(y, columns)]) as Tensor;
}

function pairsOf(
  axes: number | readonly [readonly number[], readonly number[]],
  a: Tensor,
  b: Tensor,
): readonly [readonly number[], readonly number[]] {
  if (typeof axes === 'number') {
    if (Number.isInteger(axes) && axes >= 0 && axes <= Math.min(a.rank, b.rank)) {
      const count = Array.from({ length: axes }, (_, at) => at);
      return [count.map((at) => a.rank - axes + at), count];
    }
    throw new ShapeError(
      `tensordot: ${axes} axes cannot be summed over of shapes ${showShape(a.shape)} and ${showShape(b.shape)}. ` +
        `Give a number from 0 to ${Math.min(a.rank, b.rank)}.`,
    );
  }
  const [ofA, ofB] = Array.isArray(axes) ? (axes as readonly [readonly number[], readonly number[]]) : [];
  if (!Array.isArray(ofA) || !Array.isArray(ofB) || ofA.length !== ofB.length) {
    throw new ShapeError(
      `tensordot: axes must be a number, or as many axes of a as of b, got ${describe(axes)}. Write [[0, 1], [1, 0]].`,
    );
  }
  return [
    ofA.map((axis) => normalizeAxis(axis, a.rank, 'tensordot, axes of a')),
    ofB.map((axis) => normalizeAxis(axis, b.rank, 'tensordot, axes of b')),
  ];
}

/**
 * All products of an element of a and one of b, both taken as vectors.
 *
 *   y[i, j] = a[i] · b[j]
 *
 * @example String(outer(tensor([1, 2]), tensor([3, 4])))   // [[3. 4.]\n [6. 8.]]
 */
export function outer(a: Tensor, b: Tensor): Tensor {
  const column = checkTensor(a, 'outer').reshape([-1, 1]) as Tensor;
  return column.mul(checkTensor(b, 'outer').reshape([1, -1]) as Tensor);
}

/**
 * The Kronecker product: b multiplied with every element of a, block by block.
 *
 *   y[i · rows(b) + k, j · columns(b) + l] = a[i, j] · b[k, l]      likewise for any number of axes
 *
 * Where one has fewer axes, it gets leading axes of length 1.
 *
 * @example String(kron(tensor([1, 10]), tensor([1, 2])))   // [ 1.  2. 10. 20.]
 */
export function kron(a: Tensor, b: Tensor): Tensor {
  const rank = Math.max(checkTensor(a, 'kron').rank, checkTensor(b, 'kron').rank);
  const shapes = [a, b].map(({ shape }) => [...Array.from({ length: rank - shape.length }, () => 1), ...shape]);
  const [first, second] = shapes as [number[], number[]];
  const x = a.reshape(first.flatMap((length) => [length, 1])) as Tensor;
  const y = b.reshape(second.flatMap((length) => [1, length])) as Tensor;
  return x.mul(y).reshape(first.map((length, axis) => length * second[axis]!)) as Tensor;
}

/**
 * The cross product of vectors in space, along the last axis.
 *
 *   y = [a₁b₂ − a₂b₁, a₂b₀ − a₀b₂, a₀b₁ − a₁b₀]
 *
 * @throws ShapeError when the last axes have not length 3
 * @example String(cross(tensor([1, 0, 0]), tensor([0, 1, 0])))   // [0. 0. 1.]
 */
export function cross(a: Tensor, b: Tensor): Tensor {
  for (const { shape } of [checkTensor(a, 'cross'), checkTensor(b, 'cross')]) {
    if (shape.at(-1) === 3) continue;
    throw new ShapeError(
      `cross: vectors must have 3 elements along the last axis, got ${showShape(shape)}. Pad them with 0.`,
    );
  }
  const turned = (x: Tensor, by: number): Tensor => {
    const along = x.shape.slice(1).map(() => [] as const);
    return concat([x.slice(...along, [by, null]), x.slice(...along, [0, by])] as Tensor[], -1) as Tensor;
  };
  return turned(a, 1)
    .mul(turned(b, 2))
    .sub(turned(a, 2).mul(turned(b, 1)));
}
