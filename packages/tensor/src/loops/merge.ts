import { sameShape, sizeOf } from '../shape.ts';
import { type Kernel, type MapKernel, meet, type Touched, touched } from './kernel.ts';
import type { Lens } from './lens.ts';

/** So many results are stored by one loop at most: more would not fit into registers. */
const mostStores = 12;

/**
 * Fewer, larger loops: a map joins an earlier one over the same shape when nothing in between stands against it. Single
 * numbers are computed as early as they can be, out of the way of others.
 */
export function merge(kernels: readonly Kernel[]): Touched[] {
  const merged: Touched[] = [];
  for (const kernel of kernels) {
    const own = touched(kernel);
    let last = merged.length - 1;
    while (last >= 0 && !meet(merged[last]!, own, false)) last--;
    let at = kernel.kind === 'map' ? Math.max(last, 0) : merged.length;
    while (at < merged.length && !joins(merged[at]!.kernel, kernel as MapKernel)) at++;
    if (at < merged.length) {
      const earlier = merged[at]!.kernel as MapKernel;
      merged[at] = touched({ ...earlier, stores: [...earlier.stores, ...(kernel as MapKernel).stores] });
    } else if (kernel.kind === 'map' && sizeOf(kernel.shape) === 1) merged.splice(last + 1, 0, own);
    else merged.push(own);
  }
  return merged;
}

/** Can the two be one loop? The later may touch what the earlier touched only where it stands itself. */
function joins(earlier: Kernel, later: MapKernel): boolean {
  if (earlier.kind !== 'map' || !sameShape(earlier.shape, later.shape)) return false;
  if (earlier.stores.length + later.stores.length > mostStores) return false;
  for (const { to } of later.stores) for (const one of earlier.stores) if (to.place === one.to.place) return false;
  return readsEvenly(later, earlier) && readsEvenly(earlier, later);
}

/** Does one read what the other writes only where that stands? */
function readsEvenly({ stores }: MapKernel, written: MapKernel): boolean {
  for (const { reads } of stores) {
    for (const { lens } of reads) {
      for (const { to } of written.stores) if (to.place === lens.place && !sameLens(to, lens)) return false;
    }
  }
  return true;
}

const sameLens = (a: Lens, b: Lens): boolean => a.offset === b.offset && sameShape(a.strides, b.strides);
