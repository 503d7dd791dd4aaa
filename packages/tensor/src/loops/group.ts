import { sameShape, sizeOf } from '../shape.ts';
import { type Kernel, type MapKernel, conflicts, type Buffer, sameElements, type ScheduledKernel } from './ir.ts';

/** So many results are stored by one loop at most: more would not fit into registers. */
const maxStores = 12;

/**
 * Fewer, larger loops: a map joins an earlier one over the same shape when nothing in between stands against it. Single
 * numbers are computed as early as they can be, out of the way of others.
 *
 * @param kernels  those that others join change
 */
export function merge(kernels: readonly ScheduledKernel[]): ScheduledKernel[] {
  const merged: ScheduledKernel[] = [];
  for (const own of kernels) {
    const { kernel } = own;
    if (kernel.kind !== 'map') {
      merged.push(own);
      continue;
    }
    const last = merged.findLastIndex((one) => conflicts(one, own));
    const at = merged.findIndex((one, index) => index >= last && joins(one.kernel, kernel));
    const earlier = merged[at];
    if (earlier) {
      (earlier.kernel as MapKernel).stores.push(...kernel.stores);
      earlier.accesses.push(...own.accesses);
    } else merged.splice(sizeOf(kernel.shape) === 1 ? last + 1 : merged.length, 0, own);
  }
  return merged;
}

/** Can the two be one loop? The later may read what the earlier writes only where it stands itself. */
function joins(earlier: Kernel, later: MapKernel): boolean {
  return (
    earlier.kind === 'map' &&
    sameShape(earlier.shape, later.shape) &&
    earlier.stores.length + later.stores.length <= maxStores &&
    later.stores.every(({ to }) => earlier.stores.every((one) => one.to.buffer !== to.buffer)) &&
    // What the later writes, the earlier does not read: buffers are complete before anything reads them.
    later.stores.every(({ reads }) =>
      reads.every((view) =>
        earlier.stores.every(({ to }) => to.buffer !== view.buffer || sameElements(to, view, later.shape)),
      ),
    )
  );
}

/** Kernels that are carried out together, strip after strip of their rows: what one stores, the next finds at hand. */
export interface FusionGroup {
  /** How many rows they all have. */
  readonly rows: number;
  readonly parts: readonly ScheduledKernel[];
}

/** So few rows stay near as they are: nothing is gained by taking several kernels through them together. */
const fewRows = 96;

/** A buffer is read row by row or otherwise, or written row by row or otherwise: the last pass that does each. */
type LastGroups = [read: number, readUnevenly: number, written: number, writtenUnevenly: number];

/**
 * Kernels over the same rows, gathered into groups. One joins an earlier pass when each row of it needs no other row of
 * what the pass stores, and nothing that stands between them.
 */
export function fusionGroups(kernels: readonly ScheduledKernel[]): readonly FusionGroup[] {
  const groups: { readonly rows: number; readonly parts: ScheduledKernel[] }[] = [];
  const seen = new Map<Buffer, LastGroups>();
  for (const own of kernels) {
    const { rows, accesses } = own;
    // The last pass with a part that must come before, and the last with one of which other rows must.
    let before = -1;
    let beforeUnevenly = -1;
    for (const { buffer, written, rowLocal } of accesses) {
      let known = seen.get(buffer);
      if (!known) seen.set(buffer, (known = [-1, -1, -1, -1]));
      for (let way = written ? 0 : 2; way < 4; way++) {
        before = Math.max(before, known[way]!);
        if (!rowLocal || way % 2 === 1) beforeUnevenly = Math.max(beforeUnevenly, known[way]!);
      }
    }
    const first = beforeUnevenly < before ? before : before + 1;
    let at = rows > fewRows ? groups.findIndex((group, index) => index >= first && group.rows === rows) : -1;
    if (at < 0) at = groups.push({ rows, parts: [] }) - 1;
    groups[at]!.parts.push(own);
    for (const { buffer, written, rowLocal } of accesses) {
      const known = seen.get(buffer)!;
      const way = (written ? 2 : 0) + (rowLocal ? 0 : 1);
      known[way] = Math.max(known[way]!, at);
    }
  }
  return groups;
}
