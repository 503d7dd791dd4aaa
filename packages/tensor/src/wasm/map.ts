import type { MapKernel, Reading } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody, Local } from './function-body.ts';
import { Lanes, toWords } from './lanes.ts';
import { type Loop, loopOf } from './map-loop.ts';
import { placesAlong, type Track } from './nest.ts';

/** Runs shorter than this waste lanes: four rows are then worked on together. */
const shortRun = 8;

/** Writes loops that compute and store values element by element, four lanes at a time. */
export function writeMap(f: FunctionBody, context: Context, kernel: MapKernel, rows: number): void {
  const loop = loopOf(f, context, kernel, rows);
  const { lengths, nest } = loop;
  const rank = lengths.length;
  const last = rank - 1;
  const run = lengths[last] ?? 1;
  if (rank === 0) writeVector(loop, 0, 1, 0);
  else if (run < shortRun && rank > 1 && lengths[rank - 2]! >= 4) writeShortRuns(loop);
  else {
    nest.enter(0, last);
    const vectors = nest.open(last, 4, rank === 1 && endsInVector(loop, run));
    if (vectors > 0) {
      writeVector(loop, 0, 4, 0);
      nest.close();
    }
    if (vectors * 4 < run) {
      nest.open(last, run - vectors * 4);
      writeVector(loop, 0, run - vectors * 4, 0);
      nest.close();
    }
    nest.leave(0, last);
  }
}

/** Are only whole places written? Their last vector may be written in full; reading further than that does no harm. */
function endsInVector({ sources, targets }: Loop, run: number): boolean {
  for (const { strides } of sources.values()) if (strides[0] !== 0 && strides[0] !== 1) return false;
  return targets.every(({ lens, strides }) => strides[0] === 1 && lens.offset === 0 && lens.place.size === run);
}

/** Of rows that are shorter than a few vectors, four are as many vectors as they have columns. */
function writeShortRuns(loop: Loop): void {
  const { lengths, nest } = loop;
  const row = lengths.length - 2;
  const run = lengths[row + 1]!;
  nest.enter(0, row);
  nest.open(row, 4);
  for (let first = 0; first < 4 * run; first += 4) writeVector(loop, first, 4, run);
  nest.close();
  if (nest.open(row, 1) > 0) {
    nest.enter(row + 1, row + 2);
    writeVector(loop, 0, 1, 0);
    nest.leave(row + 1, row + 2);
    nest.close();
  }
  nest.leave(0, row);
}

/**
 * Computes and stores up to four lanes from the present element on.
 *
 * @param first  how many elements after the present one they begin
 * @param count  how many there are
 * @param run    after how many elements the next row begins; 0 when they all lie in one
 */
function writeVector(loop: Loop, first: number, count: number, run: number): void {
  const { f, context, stores, nest, sources, targets } = loop;
  const computed: Local[] = [];
  const offsets = (track: Track): number[] => {
    const { strides } = track;
    const last = strides.length - 1;
    if (run === 0) return placesAlong(track, last, first, count);
    const found: number[] = [];
    for (let at = first; at < first + count; at++)
      found.push((at % run) * strides[last]! + Math.floor(at / run) * strides[last - 1]!);
    return found;
  };
  const load = (reading: Reading): void => {
    // What this step has just stored is still at hand.
    const known = stores.findIndex((store) => store.to.place === reading.lens.place);
    if (known >= 0 && known < computed.length) f.get(computed[known]!);
    else {
      const track = sources.get(reading)!;
      nest.loadLanes(track, offsets(track));
    }
  };
  // The loop that all time is spent in has its formulas written out.
  const writer = new Lanes(f, context, load, count === 4 && run === 0);
  for (const { value, to } of stores) {
    writer.write(value);
    toWords(f, to.place.dtype);
    const lanes = f.local('v128');
    f.set(lanes);
    const target = targets[computed.length]!;
    nest.storeLanes(target, offsets(target), lanes);
    computed.push(lanes);
  }
  f.release(...computed);
}
