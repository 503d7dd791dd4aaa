import { mapped, type MatMulKernel, type Touched } from '../../loops/kernel.ts';
import { type Lens, type Place, placeFor } from '../../loops/lens.ts';
import { sizeOf } from '../../shape.ts';
import { rowMajor } from '../../strided.ts';
import { tileFor } from './tile.ts';

/** The second matrix is copied into panels when it is larger than this, in elements, or its rows do not lie. */
const packedFrom = 32_768;

/** Panels of equal width, one beside the other. */
export interface Panels {
  readonly count: number;
  readonly columns: number;
}

/** The columns of a second matrix as panels as wide as a tile, and a narrower one at the end. */
export function panelsOf({ m, n }: MatMulKernel, relaxed: boolean): readonly Panels[] {
  const columns = tileFor(m, n, relaxed).vectors * 4;
  const panels: Panels[] = [];
  if (n >= columns) panels.push({ count: Math.floor(n / columns), columns });
  if (n % columns > 0) panels.push({ count: 1, columns: n % columns });
  return panels;
}

/** Columns rounded up to whole vectors. */
export const widened = (columns: number): number => Math.ceil(columns / 4) * 4;

/** Only products of float32 are carried out in vectors. */
export function inVectors({ a, b, to }: MatMulKernel): boolean {
  return [a.place, b.place, to].every(({ dtype }) => dtype === 'float32');
}

/** The place for the panels of a product whose second matrix is copied, each read from top to bottom. */
export function packedPlace(kernel: MatMulKernel): Place | undefined {
  const { batch, m, k, n, b } = kernel;
  const stays = (b.strides.at(-1) === 1 || n === 1) && (k * n <= packedFrom || m <= 3);
  if (stays || !inVectors(kernel)) return undefined;
  return placeFor([...batch, k, widened(n)], 'float32');
}

/** The panels of a batch, in its order: they stand still along rows of the first matrix, as second matrices do. */
export function panelsLens(packed: Place, batch: readonly number[]): Lens {
  const strides = rowMajor([...batch, packed.size / sizeOf(batch)]);
  return { place: packed, strides: strides.with(batch.length, 0), offset: 0 };
}

/** The copying of second matrices into panels: of those of full width, and of the last. */
export function copiesInto(packed: Place, kernel: MatMulKernel, relaxed: boolean): readonly Touched[] {
  const { batch, k, b } = kernel;
  const [down, right] = b.strides.slice(-2) as [number, number];
  const from = b.strides.slice(0, -2);
  const to = panelsLens(packed, batch).strides.slice(0, -1);
  const copies: Touched[] = [];
  let column = 0;
  for (const { count, columns } of panelsOf(kernel, relaxed)) {
    const width = widened(columns);
    const source = {
      place: b.place,
      strides: [...from, columns * right, down, right],
      offset: b.offset + column * right,
    };
    const target = { place: packed, strides: [...to, k * width, width, 1], offset: k * column };
    const shape = [...batch, count, k, columns];
    copies.push(mapped(target, shape, { kind: 'reading', dtype: packed.dtype, lens: source }));
    column += count * columns;
  }
  return copies;
}
