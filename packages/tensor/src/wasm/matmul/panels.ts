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
  /** Which column they begin at. */
  readonly from: number;
}

/** The columns of a second matrix as panels as wide as a tile, and a narrower one at the end. */
export function panelsOf(kernel: MatMulKernel, relaxed: boolean): readonly Panels[] {
  const { n } = kernel;
  const width = tileFor(kernel, relaxed).vectors * 4;
  const rest = n % width;
  const panels: Panels[] = [];
  if (n >= width) panels.push({ count: Math.floor(n / width), columns: width, from: 0 });
  if (rest > 0) panels.push({ count: 1, columns: rest, from: n - rest });
  return panels;
}

/** How panels lie: over the batch, from one to the next, down the rows of the matrix, and along its columns. */
export function panelsLens({ batch, k, b }: MatMulKernel, { columns, from }: Panels, packed: Place | undefined): Lens {
  const width = widened(columns);
  if (packed) {
    const matrices = rowMajor([...batch, packed.size / sizeOf(batch)]).slice(0, -1);
    return { place: packed, strides: [...matrices, k * width, width, 1], offset: k * from };
  }
  const right = b.strides.at(-1)!;
  return { ...b, strides: b.strides.toSpliced(batch.length, 0, columns * right), offset: b.offset + from * right };
}

/** Columns rounded up to whole vectors. */
const widened = (columns: number): number => Math.ceil(columns / 4) * 4;

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

/** The copying of second matrices into panels: of those of full width, and of the last. */
export function copiesInto(packed: Place, kernel: MatMulKernel, relaxed: boolean): readonly Touched[] {
  const { batch, k } = kernel;
  return panelsOf(kernel, relaxed).map((panels) => {
    const lens = panelsLens(kernel, panels, undefined);
    const shape = [...batch, panels.count, k, panels.columns];
    return mapped(panelsLens(kernel, panels, packed), shape, { kind: 'reading', dtype: packed.dtype, lens });
  });
}
