import type { Expression, Kernel } from '../../loops/kernel.ts';
import type { Pass } from '../../loops/passes.ts';
import { sizeOf } from '../../shape.ts';
import { tileFor } from '../matmul/tile.ts';
import { rowsTogether } from '../reduce-axes.ts';

/** Work is counted in steps: a number that is read, a law, a product that is added to a sum. */
export interface Grain {
  /** A loop with less work is not worth a second thread. */
  readonly worthwhile: number;
  /** So much work a portion has at least. */
  readonly least: number;
  /** Into so many portions a loop falls, unless they would be too large. */
  readonly most: number;
}

/**
 * So much work a portion has at most: far less than a second, even where every law goes through JavaScript, as a worker
 * that takes longer counts as lost. A loop of which a few rows are more than that is left to one thread.
 */
const largest = 16_000_000;

/** Products of matrices are shared from 2 MFLOP on; a portion takes several microseconds at least. */
const usual: Grain = { worthwhile: 1_000_000, least: 100_000, most: 32 };

/**
 * How many rows of a pass a thread takes at a time; all of them when the pass is left to one thread.
 *
 * It depends on the pass alone, and every number is computed as it would be by one thread: so results have the same bits
 * for any number of threads.
 */
export function portionOf({ rows, parts }: Pass, relaxed: boolean, grain: Grain = usual): number {
  // Rows can be carried out in any order, and at once, when each writes places of its own.
  const apart = parts.every(
    ({ kernel, touches }) => kernel.kind === 'map' || touches.every(({ written, byRows }) => byRows || !written),
  );
  if (!apart) return rows;
  const work = parts.reduce((sum, { kernel }) => sum + workOf(kernel), 0);
  const unit = parts.reduce((common, { kernel }) => leastCommonMultiple(common, unitOf(kernel, relaxed)), 1);
  return portion(rows, work, unit, grain);
}

/** A multiple of `unit` rows, or all. */
function portion(rows: number, work: number, unit: number, { worthwhile, least, most }: Grain): number {
  const perUnit = (work / rows) * unit;
  if (work < worthwhile || perUnit > largest * 8) return rows;
  const units = Math.min(Math.max(least, work / most), largest) / perUnit;
  return Math.min(Math.max(Math.ceil(units), 1) * unit, rows);
}

/** How many rows of a kernel go together: those of a tile, or of a vector. */
function unitOf(kernel: Kernel, relaxed: boolean): number {
  if (kernel.kind === 'reduce') return rowsTogether(kernel);
  if (kernel.kind !== 'matmul') return 4;
  // The rows of a batch are whole matrices.
  return sizeOf(kernel.batch) > 1 ? 1 : tileFor(kernel, relaxed).rows;
}

function leastCommonMultiple(a: number, b: number): number {
  let multiple = a;
  while (multiple % b > 0) multiple += a;
  return multiple;
}

function workOf(kernel: Kernel): number {
  switch (kernel.kind) {
    case 'map':
      return sizeOf(kernel.shape) * kernel.stores.reduce((sum, { value }) => sum + stepsOf(value), 0);
    case 'reduce':
      return sizeOf(kernel.shape) * (stepsOf(kernel.value) + 1);
    case 'matmul':
      return sizeOf(kernel.batch) * kernel.m * kernel.n * kernel.k;
    case 'search':
    case 'gather':
    case 'scatter':
      return sizeOf(kernel.shape) * 2;
    case 'random':
      return kernel.to.size;
  }
}

function stepsOf(value: Expression): number {
  if (value.kind === 'law') return value.inputs.reduce((sum, input) => sum + stepsOf(input), 1);
  // Numbers that do not lie side by side are read one by one.
  return value.kind === 'reading' && Math.abs(value.lens.strides.at(-1) ?? 0) > 1 ? 4 : 1;
}
