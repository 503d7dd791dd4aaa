import { sameShape, sizeOf } from '../shape.ts';
import { type Kernel, type MapKernel, type Reading, readings, touched } from './kernel.ts';
import type { Lens, Place } from './lens.ts';

/** So many results are stored by one loop at most: more would not fit into registers. */
const mostStores = 12;

/** A kernel with the places that it reads and writes. */
interface Entry {
  kernel: Kernel;
  readonly reads: Place[];
  readonly writes: Place[];
}

/**
 * Fewer, larger loops: a map joins an earlier one over the same shape when nothing in between stands against it. Single
 * numbers are computed as early as they can be, out of the way of others.
 */
export function merge(kernels: readonly Kernel[]): Kernel[] {
  const merged: Entry[] = [];
  for (const kernel of kernels) {
    const { reads, writes } = touched(kernel);
    const entry: Entry = { kernel, reads: reads.map(({ place }) => place), writes: writes.map(({ place }) => place) };
    if (kernel.kind !== 'map') {
      merged.push(entry);
      continue;
    }
    let last = merged.length - 1;
    while (last >= 0 && !conflict(merged[last]!, entry)) last--;
    const earlier = merged.find((one, at) => at >= last && joins(one.kernel, kernel));
    if (earlier) {
      earlier.kernel = { ...kernel, stores: [...(earlier.kernel as MapKernel).stores, ...kernel.stores] };
      earlier.reads.push(...entry.reads);
      earlier.writes.push(...entry.writes);
    } else if (sizeOf(kernel.shape) === 1) merged.splice(last + 1, 0, entry);
    else merged.push(entry);
  }
  return merged.map(({ kernel }) => kernel);
}

/** Must the later one wait for the earlier one? */
function conflict(earlier: Entry, later: Entry): boolean {
  return (
    later.reads.some((place) => earlier.writes.includes(place)) ||
    later.writes.some((place) => earlier.writes.includes(place) || earlier.reads.includes(place))
  );
}

/** Can the two be one loop? The later may touch what the earlier touched only where it stands itself. */
function joins(earlier: Kernel, later: MapKernel): boolean {
  if (earlier.kind !== 'map' || !sameShape(earlier.shape, later.shape)) return false;
  if (earlier.stores.length + later.stores.length > mostStores) return false;
  const even = (written: MapKernel, read: MapKernel): boolean =>
    lensesRead(read).every(({ lens }) =>
      written.stores.every(({ to }) => to.place !== lens.place || sameLens(to, lens)),
    );
  const apart = later.stores.every(({ to }) => earlier.stores.every((store) => store.to.place !== to.place));
  return apart && even(earlier, later) && even(later, earlier);
}

function lensesRead({ stores }: MapKernel): readonly Reading[] {
  const found: Reading[] = [];
  for (const { value } of stores) readings(value, found);
  return found;
}

const sameLens = (a: Lens, b: Lens): boolean => a.offset === b.offset && sameShape(a.strides, b.strides);
