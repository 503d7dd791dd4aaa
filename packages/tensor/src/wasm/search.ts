import type { SearchKernel } from '../loops/kernel.ts';
import { rowMajor } from '../strided.ts';
import { reducedShape } from '../shape.ts';
import type { Context } from './context.ts';
import type { FunctionBody } from './function-body.ts';
import { Nest, type Track, tracksOver } from './nest.ts';
import * as op from './opcode.ts';

/** The place of the best element along one axis: the first of equals, NaN before all. */
export function writeSearch(
  f: FunctionBody,
  context: Context,
  { operation, shape, axis, from, to }: SearchKernel,
  rows: number,
): void {
  const kept = reducedShape(shape, [axis], false);
  const { lengths, tracks } = tracksOver(
    [...kept, shape[axis]!],
    [
      { ...from, strides: [...from.strides.toSpliced(axis, 1), from.strides[axis]!] },
      { place: to, strides: [...rowMajor(kept), 0], offset: 0 },
    ],
    1,
  );
  const [input, target] = tracks as [Track, Track];
  const rank = lengths.length - 1;
  const nest = new Nest(f, context, lengths, tracks, rows);
  const [best, candidate] = [f.local('f64'), f.local('f64')];
  const [place, index] = [f.local('i32'), f.local('i32')];
  nest.enter(0, rank);
  nest.loadDouble(input);
  f.set(best).i32(0).tee(place).set(index);
  nest.enter(rank, rank + 1);
  nest.loadDouble(input);
  f.set(candidate);
  // better, or the first NaN
  f.do(operation.name === 'argmax' ? op.f64_gt : op.f64_lt, candidate, best);
  f.do(op.f64_ne, candidate, candidate).do(op.f64_eq, best, best).do(op.i32_and).do(op.i32_or);
  f.if().get(candidate).set(best).get(index).set(place).end();
  f.move(index, 1);
  nest.leave(rank, rank + 1);
  const added = nest.address(target);
  f.get(place).memory(op.i32_store, added);
  nest.leave(0, rank);
}
