import type { Program } from '../compile/program.ts';
import type { Schedule } from '../loops/fuse.ts';
import type { FusionGroup } from '../loops/group.ts';
import type { Buffer } from '../loops/ir.ts';
import { type MemoryPlan, planMemory } from '../loops/memory.ts';
import { constantBytes, widthOf } from './context.ts';

/** The bytes of a page of WebAssembly memory. */
export const pageSize = 65_536;

/** A program to run, and how. */
export interface Job {
  readonly program: Program;
  readonly schedule: Schedule;
  /** Fused multiply-add may be used. */
  readonly relaxed: boolean;
}

/** A job with everything in its buffer. */
export interface Plan extends Job {
  readonly memoryPlan: MemoryPlan;
  /** How many pages of memory it takes. */
  readonly pages: number;
}

export function planOf(job: Job): Plan {
  const { program, schedule } = job;
  const memoryPlan = planMemory(schedule, program, constantBytes, ({ size, dtype }) => size * widthOf(dtype));
  return { ...job, memoryPlan, pages: Math.ceil((memoryPlan.bytes + 64) / pageSize) };
}

/** Rows in a rowBlock of a pass with a product of matrices: whole tiles of every height, that stay in the cache. */
const productRows = 48;

/** The same where products and sums are apart: tiles have other heights then. */
const productRowsApart = 80;

/** So many bytes of what a pass works on stay in the fastest cache. */
const nearBytes = 32_768;

/** How many rows of a pass are carried out in one go. A multiple of 16, so that vectors of rows are whole. */
export function rowBlockOf({ rows, parts }: FusionGroup, relaxed: boolean): number {
  if (parts.some(({ kernel }) => kernel.kind === 'matmul')) return relaxed ? productRows : productRowsApart;
  if (parts.length === 1) return rows;
  const buffers = new Set<Buffer>();
  for (const { accesses } of parts) for (const { buffer, rowLocal } of accesses) if (rowLocal) buffers.add(buffer);
  let perRow = 0;
  for (const { size, dtype } of buffers) perRow += (size / rows) * widthOf(dtype);
  return Math.min(Math.max(Math.floor(nearBytes / perRow / 16), 1) * 16, rows);
}
