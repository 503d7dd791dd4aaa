import { sameShape, sizeOf } from '../shape.ts';
import { type Kernel, type MapKernel, meet, type Touched } from './kernel.ts';
import { seesAlike } from './lens.ts';

/** So many results are stored by one loop at most: more would not fit into registers. */
const mostStores = 12;

/**
 * Fewer, larger loops: a map joins an earlier one over the same shape when nothing in between stands against it. Single
 * numbers are computed as early as they can be, out of the way of others.
 *
 * @param kernels  those that others join change
 */
export function merge(kernels: readonly Touched[]): Touched[] {
  const merged: Touched[] = [];
  for (const own of kernels) {
    const { kernel } = own;
    if (kernel.kind !== 'map') {
      merged.push(own);
      continue;
    }
    const last = merged.findLastIndex((one) => meet(one, own));
    const at = merged.findIndex((one, index) => index >= last && joins(one.kernel, kernel));
    const earlier = merged[at];
    if (earlier) {
      (earlier.kernel as MapKernel).stores.push(...kernel.stores);
      earlier.touches.push(...own.touches);
    } else merged.splice(sizeOf(kernel.shape) === 1 ? last + 1 : merged.length, 0, own);
  }
  return merged;
}

/** Can the two be one loop? The later may read what the earlier writes only where it stands itself. */
function joins(earlier: Kernel, later: MapKernel): boolean {
  return (
    earlier.kind === 'map' &&
    sameShape(earlier.shape, later.shape) &&
    earlier.stores.length + later.stores.length <= mostStores &&
    later.stores.every(({ to }) => earlier.stores.every((one) => one.to.place !== to.place)) &&
    // What the later writes, the earlier does not read: places are complete before anything reads them.
    later.stores.every(({ reads }) =>
      reads.every((lens) =>
        earlier.stores.every(({ to }) => to.place !== lens.place || seesAlike(to, lens, later.shape)),
      ),
    )
  );
}
