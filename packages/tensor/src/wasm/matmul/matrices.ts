import type { Lens } from '../../loops/lens.ts';
import type { Shape } from '../../shape.ts';
import type { Context } from '../context.ts';
import type { FunctionBody, Local } from '../function-body.ts';
import { Nest, tracksOver } from '../nest.ts';
import * as op from '../opcode.ts';

/** A walk over the matrices of a batch, one of each lens at a time. */
export interface Matrices {
  /** Which rows of the present matrices are carried out: from `begin` up to below `end`. */
  readonly begin: Local;
  readonly end: Local;
  /** Where the row `begin` of each lies. */
  readonly addresses: readonly Local[];
  /** The loops over the batch, which are to be left. */
  readonly nest: Nest;
  readonly rank: number;
}

/**
 * Begins a walk over the matrices of a batch. Of several matrices all rows are carried out, and what the function is
 * called with is which of the batch; of a single matrix it is called with rows.
 *
 * @param steps   bytes from one row to the next, per lens
 * @param height  how many rows a matrix has
 * @param rows    how many rows there are to be called with
 */
export function matricesOf(
  f: FunctionBody,
  context: Context,
  batch: Shape,
  lenses: readonly Lens[],
  steps: readonly number[],
  height: number,
  rows: number,
): Matrices {
  const matrices: Lens[] = [];
  for (const lens of lenses) matrices.push({ ...lens, strides: lens.strides.slice(0, batch.length) });
  const { lengths, tracks } = tracksOver(batch, matrices);
  const rank = lengths.length;
  const nest = new Nest(f, context, lengths, tracks, rank > 0 ? rows : 1);
  nest.enter(0, rank);
  const share = rank > 0 ? f.locals('i32', 2) : f.parameters;
  const begin = share[0]!;
  const end = share[1]!;
  if (rank > 0) f.i32(0).set(begin).i32(height).set(end);
  const addresses = f.locals('i32', lenses.length);
  for (let at = 0; at < lenses.length; at++) {
    f.plus(nest.address(tracks[at]!)).do(op.i32_mul, begin, steps[at]).do(op.i32_add).set(addresses[at]!);
  }
  return { begin, end, addresses, nest, rank };
}
