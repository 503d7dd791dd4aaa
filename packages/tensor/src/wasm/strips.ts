import type { Place } from '../loops/lens.ts';
import type { Pass } from '../loops/passes.ts';
import { widthOf } from './context.ts';

/** Rows in a strip of a pass with a product of matrices: whole tiles of every height, that stay in the cache. */
const productRows = 48;

/** The same where products and sums are apart: tiles have other heights then. */
const productRowsApart = 80;

/** So many bytes of what a pass works on stay in the fastest cache. */
const nearBytes = 32_768;

/** How many rows of a pass are carried out in one go. A multiple of 16, so that vectors of rows are whole. */
export function stripOf({ rows, parts }: Pass, relaxed: boolean): number {
  if (parts.some(({ kernel }) => kernel.kind === 'matmul')) return relaxed ? productRows : productRowsApart;
  if (parts.length === 1) return rows;
  const places = new Set<Place>();
  for (const { touches } of parts) for (const { place, byRows } of touches) if (byRows) places.add(place);
  let perRow = 0;
  for (const { size, dtype } of places) perRow += (size / rows) * widthOf(dtype);
  return Math.min(Math.max(Math.floor(nearBytes / perRow / 16), 1) * 16, rows);
}
