import { ShapeError } from '../errors.ts';
import type { MatMulOperation } from '../operation.ts';
import * as reference from '../reference/matmul.ts';
import { broadcastShapes, checkShape, type Shape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { arithmetic } from './rules.ts';

/**
 * Refuses factors whose lengths differ along the axes that are summed over. A vector has as many columns on the left, and
 * as many rows on the right, as elements.
 *
 * @throws ShapeError when the columns of the first differ from the rows of the second
 */
export function checkFactors(a: Shape, b: Shape): void {
  const columns = a.at(-1)!;
  const rows = b.at(b.length === 1 ? -1 : -2)!;
  if (columns === rows) return;
  throw new ShapeError(
    `Cannot multiply matrices ${showShape(a)} × ${showShape(b)}: the columns of the first (${columns}) ` +
      `must equal the rows of the second (${rows}).\n${hint(a, b)}`,
  );
}

function hint(a: Shape, b: Shape): string {
  if (b.length === 2 && b[1] === a.at(-1)) return 'Did you mean a.matmul(b.T)?';
  if (a.length === 2 && a[0] === b.at(b.length === 1 ? -1 : -2)) return 'Did you mean a.T.matmul(b)?';
  return 'Transpose or reshape one of them.';
}

/** @formula yᵢⱼ = Σₖ aᵢₖ · bₖⱼ */
export const matmul: MatMulOperation = {
  kind: 'matmul',
  name: 'matmul',
  shape([a, b]) {
    checkFactors(a!, b!);
    const batch = broadcastShapes(a!.slice(0, -2), b!.slice(0, -2), 'matmul, batch axes');
    return checkShape([...batch, a!.at(-2)!, b!.at(-1)!], 'matmul');
  },
  dtype: arithmetic,
  forward: reference.matmul,
  derivative: [
    // dL/da = g·bᵀ, summed over the batch axes along which a was broadcast
    (g, [a, b]) => g.matmul(b.mT).sumTo(a.shape),
    (g, [a, b]) => (b.rank === 2 ? rows(a).mT.matmul(rows(g)) : a.mT.matmul(g).sumTo(b.shape)),
  ],
};

/** A batch of matrices as one, one below the other: a sum of their products with others is then one product. */
function rows(x: Tensor): Tensor {
  return x.rank === 2
    ? x
    : x.reshape([x.shape.slice(0, -1).reduce((product, length) => product * length, 1), x.shape.at(-1)!]);
}
