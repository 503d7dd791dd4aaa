import type { MapKernel } from '../../loops/ir.ts';
import type { FunctionBody } from '../assembler/function-body.ts';
import type { Context } from '../context.ts';
import { formulasIn, lanesFor, writeStores } from '../expressions.ts';
import { each, enter, vectorAt, leave, nestOver, overVectors, type CollapsedAxes, collapseOver } from '../loop-nest.ts';

/** The collapsed axes of the views that a map reads and stores. */
export function axesOfMap({ shape, stores }: MapKernel): CollapsedAxes {
  return collapseOver(shape, [...new Set(stores.flatMap(({ reads, to }) => [...reads, to]))]);
}

/** Runs shorter than this waste lanes. As many rows as a vector has lanes are then computed together. */
const shortRun = 8;

/** The most formulas that are written out in a loop. Each has some hundred instructions. */
const mostInlined = 8;

/** Writes loops that compute and store values element by element, a vector at a time. */
export function writeMap(f: FunctionBody, context: Context, kernel: MapKernel, rows: number): void {
  const { stores } = kernel;
  // Formulas are written out in the main loop. With many of them the engine would compile it for seconds.
  const few = stores.reduce((sum, { value }) => sum + formulasIn(value), 0) <= mostInlined;
  const count = lanesFor(stores.map(({ value }) => value));
  const collapsed = axesOfMap(kernel);
  const nest = nestOver(f, context, collapsed, rows);
  const { lengths } = collapsed;
  const last = lengths.length - 1;
  const run = lengths[last] ?? 1;
  if (run < shortRun && last > 0 && lengths[last - 1]! >= 4) {
    // A block of as many rows as a vector has lanes is as many vectors as a row has elements.
    const row = last - 1;
    enter(nest, 0, row);
    each(nest, row, count, () => {
      for (let first = 0; first < count * run; first += count) writeVector(first, count, run);
    });
    each(nest, row, 1, () => each(nest, last, 1, () => writeVector(0, 1)));
    leave(nest, 0, row);
  } else {
    const beyond = last === 0 && endsInVector(kernel, collapsed);
    overVectors(nest, last + 1, count, [1], beyond, (_, lanes) => writeVector(0, lanes));
  }

  /**
   * Computes and stores a vector of lanes.
   *
   * @param first   the number of elements from the current one to the first lane
   * @param lanes   the number of lanes
   * @param length  the length of a row, if lanes continue in the next one
   */
  function writeVector(first: number, lanes: number, length?: number): void {
    const inline = few && lanes === count && length === undefined;
    writeStores(f, context, stores, count, inline, (view) => vectorAt(nest, view, last, first, lanes, length));
  }
}

/** Whether only whole buffers are written. Their last vector may be written in full, and reading beyond it does no harm. */
function endsInVector({ stores }: MapKernel, { lengths, strides }: CollapsedAxes): boolean {
  for (const along of strides.values()) if (along[0] !== 0 && along[0] !== 1) return false;
  return stores.every(({ to }) => strides.get(to)![0] === 1 && to.offset === 0 && to.buffer.size === lengths[0]);
}
