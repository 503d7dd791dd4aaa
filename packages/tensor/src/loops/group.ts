import { sameShape, sizeOf } from '../shape.ts';
import { type Kernel, type MapKernel, conflicts, type Buffer, sameElements, type ScheduledKernel } from './ir.ts';

/** The most results that one loop stores: more would not fit into registers. */
const maxStores = 12;

/**
 * Merges maps: a map joins an earlier map over the same shape if no kernel in between conflicts with it. Scalars are
 * computed as early as possible, so that they do not separate other kernels.
 *
 * @param kernels  the kernels; maps that others join are changed
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
    // Before the last conflict nothing is looked at: programs have thousands of kernels.
    let at = Math.max(last, 0);
    while (at < merged.length && !joins(merged[at]!.kernel, kernel)) at++;
    const earlier = merged[at];
    if (earlier) {
      (earlier.kernel as MapKernel).stores.push(...kernel.stores);
      earlier.accesses.push(...own.accesses);
    } else merged.splice(sizeOf(kernel.shape) === 1 ? last + 1 : merged.length, 0, own);
  }
  return merged;
}

/** Whether two maps can be one loop. The later may read what the earlier writes only at the same element. */
function joins(earlier: Kernel, later: MapKernel): boolean {
  return (
    earlier.kind === 'map' &&
    sameShape(earlier.shape, later.shape) &&
    earlier.stores.length + later.stores.length <= maxStores &&
    later.stores.every(({ to }) => earlier.stores.every((one) => one.to.buffer !== to.buffer)) &&
    // The earlier map reads nothing that the later one writes: a buffer is written before it is read.
    later.stores.every(({ reads }) =>
      reads.every((view) =>
        earlier.stores.every(({ to }) => to.buffer !== view.buffer || sameElements(to, view, later.shape)),
      ),
    )
  );
}

/** Kernels that run together, one block of rows after the other: what one kernel stores is in the cache for the next. */
export interface FusionGroup {
  /** The number of rows, the same for all kernels. */
  readonly rows: number;
  readonly parts: readonly ScheduledKernel[];
}

/** Kernels with at most this many rows are not grouped: their results stay in the cache anyway. */
const fewRows = 96;

/** The last group that reads or writes a buffer, in each case row-locally or not. */
type LastGroups = [read: number, readNotLocally: number, written: number, writtenNotLocally: number];

/**
 * Groups kernels over the same rows. A kernel joins an earlier group if each of its rows depends on no other row of what
 * the group stores, and on no group in between.
 */
export function fusionGroups(kernels: readonly ScheduledKernel[]): readonly FusionGroup[] {
  const groups: { readonly rows: number; readonly parts: ScheduledKernel[] }[] = [];
  const seen = new Map<Buffer, LastGroups>();
  for (const own of kernels) {
    const { rows, accesses } = own;
    // The last group with a kernel that must run before, and the last one of which other rows must run before.
    let before = -1;
    let beforeNotLocally = -1;
    for (const { buffer, written, rowLocal } of accesses) {
      let known = seen.get(buffer);
      if (!known) seen.set(buffer, (known = [-1, -1, -1, -1]));
      for (let way = written ? 0 : 2; way < 4; way++) {
        before = Math.max(before, known[way]!);
        if (!rowLocal || way % 2 === 1) beforeNotLocally = Math.max(beforeNotLocally, known[way]!);
      }
    }
    let at = groups.length;
    if (rows > fewRows) {
      at = beforeNotLocally < before ? before : before + 1;
      while (at < groups.length && groups[at]!.rows !== rows) at++;
    }
    if (at === groups.length) groups.push({ rows, parts: [] });
    groups[at]!.parts.push(own);
    for (const { buffer, written, rowLocal } of accesses) {
      const known = seen.get(buffer)!;
      const way = (written ? 2 : 0) + (rowLocal ? 0 : 1);
      known[way] = Math.max(known[way]!, at);
    }
  }
  return groups;
}
