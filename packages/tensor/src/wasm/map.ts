import { holdsOnly, type MapKernel, type Reading } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import { writeDouble } from './doubles.ts';
import type { FunctionBody, Local } from './function-body.ts';
import { Lanes, toWords } from './lanes.ts';
import { Nest, placesAlong, type Track, tracksOver } from './nest.ts';

/** Runs shorter than this waste lanes: four rows are then worked on together. */
const shortRun = 8;

/** A map that is being written: what its expressions read and its stores write, as tracks of a nest. */
interface Loop {
  readonly f: FunctionBody;
  readonly context: Context;
  readonly stores: MapKernel['stores'];
  readonly nest: Nest;
  readonly sources: ReadonlyMap<Reading, Track>;
  readonly targets: readonly Track[];
}

/** Writes loops that compute and store values element by element. */
export function writeMap(f: FunctionBody, context: Context, { shape, stores }: MapKernel, rows: number): void {
  const reads = stores.flatMap((store) => store.reads);
  const lenses = reads.map(({ lens }) => lens);
  for (const { to } of stores) lenses.push(to);
  const { lengths, tracks } = tracksOver(shape, lenses);
  const sources = new Map<Reading, Track>();
  for (let at = 0; at < reads.length; at++) sources.set(reads[at]!, tracks[at]!);
  const nest = new Nest(f, context, lengths, tracks, rows);
  const loop: Loop = { f, context, stores, nest, sources, targets: tracks.slice(reads.length) };

  const rank = lengths.length;
  const last = rank - 1;
  const run = lengths[last] ?? 1;
  if (!stores.every(({ value }) => holdsOnly(value, ['float32', 'int32', 'bool']))) {
    nest.enter(0, rank);
    writeSingle(loop);
    nest.leave(0, rank);
  } else if (rank === 0) writeVector(loop, 0, 1, 0);
  else if (run < shortRun && rank > 1 && lengths[rank - 2]! >= 4) writeShortRuns(loop, lengths);
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
function writeShortRuns(loop: Loop, lengths: readonly number[]): void {
  const { nest } = loop;
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

/** Computes and stores one number. */
function writeSingle({ f, context, stores, nest, sources, targets }: Loop): void {
  const result = f.local('f64');
  stores.forEach(({ value }, at) => {
    writeDouble(f, context, value, (reading) => nest.loadDouble(sources.get(reading)!));
    f.set(result);
    nest.storeDouble(targets[at]!, result);
  });
}
