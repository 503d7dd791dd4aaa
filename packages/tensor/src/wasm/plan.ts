import type { Schedule } from '../loops/fuse.ts';
import type { Kernel } from '../loops/kernel.ts';
import type { Place } from '../loops/lens.ts';
import { type Layout, layOut } from '../loops/memory.ts';
import type { Program } from '../program.ts';
import { constantBytes } from './constants.ts';
import { widthOf } from './context.ts';
import { pageSize } from './machine.ts';
import { packedPlace } from './matmul/panels.ts';

/** A program to run, and how. */
export interface Job {
  readonly program: Program;
  readonly schedule: Schedule;
  /** Fused multiply-add may be used. */
  readonly relaxed: boolean;
}

/** A job with everything in its place. */
export interface Plan extends Job {
  readonly layout: Layout;
  /** Where products copy their second matrices to, those that do. */
  readonly packed: ReadonlyMap<Kernel, Place>;
  /** How many pages of memory it takes. */
  readonly pages: number;
}

export function planOf(job: Job): Plan {
  const { program, schedule } = job;
  const packed = new Map<Kernel, Place>();
  for (const { parts } of schedule.passes) {
    for (const { kernel } of parts) {
      const place = kernel.kind === 'matmul' ? packedPlace(kernel) : undefined;
      if (place) packed.set(kernel, place);
    }
  }
  const layout = layOut(
    schedule,
    program,
    constantBytes,
    ({ size, dtype }) => size * widthOf(dtype),
    (kernel) => packed.get(kernel),
  );
  return { ...job, layout, packed, pages: Math.ceil((layout.bytes + 64) / pageSize) };
}
