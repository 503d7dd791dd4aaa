import type { Program } from '../compile/program.ts';
import type { Schedule } from '../loops/fuse.ts';
import type { FusionGroup } from '../loops/group.ts';
import type { Buffer } from '../loops/ir.ts';
import { type MemoryPlan, planMemory } from '../loops/memory.ts';
import { constantBytes, widthOf } from './context.ts';
import { isFused } from './kernels/matmul-tile.ts';

/** The size of a page of WebAssembly memory, in bytes. */
export const pageSize = 65_536;

/** A program and how it is compiled. */
export interface Job {
  readonly program: Program;
  readonly schedule: Schedule;
  /** Whether fused multiply-add may be used. */
  readonly relaxed: boolean;
}

/** A job with the addresses of its buffers. */
export interface Plan extends Job {
  readonly memoryPlan: MemoryPlan;
  /** The number of memory pages. */
  readonly pages: number;
}

export function planOf(job: Job): Plan {
  const { program, schedule } = job;
  const memoryPlan = planMemory(schedule, program, constantBytes, ({ size, dtype }) => size * widthOf(dtype));
  return { ...job, memoryPlan, pages: Math.ceil((memoryPlan.bytes + 64) / pageSize) };
}

/** The rows of a row block with matrix products: a multiple of every tile height, and few enough to stay in the cache. */
const productRows = 48;

/** The same for products without fused multiply-add, whose tiles have other heights, and for products of both kinds. */
const productRowsUnfused = 80;
const productRowsMixed = 240;

/** The bytes of a row block that stay in the first-level cache. */
const cacheBytes = 32_768;

/** The number of rows in a row block of a fusion group. A multiple of 16, so that vectors along rows are full. */
export function rowBlockOf({ rows, parts }: FusionGroup, relaxed: boolean): number {
  const products = parts.flatMap(({ kernel }) => (kernel.kind === 'matmul' ? [kernel] : []));
  if (products.length > 0) {
    const fused = products.filter(({ to }) => isFused(to.dtype, relaxed)).length;
    if (fused === products.length) return productRows;
    return fused === 0 ? productRowsUnfused : productRowsMixed;
  }
  if (parts.length === 1) return rows;
  const buffers = new Set<Buffer>();
  for (const { accesses } of parts) for (const { buffer, rowLocal } of accesses) if (rowLocal) buffers.add(buffer);
  let perRow = 0;
  for (const { size, dtype } of buffers) perRow += (size / rows) * widthOf(dtype);
  return Math.min(Math.max(Math.floor(cacheBytes / perRow / 16), 1) * 16, rows);
}
