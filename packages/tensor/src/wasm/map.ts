import type { MapKernel, Reading } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import type { FunctionBody, Local } from './function-body.ts';
import { Lanes, toWords } from './lanes.ts';
import { type Loop, loopOf } from './map-loop.ts';
import type { Track } from './nest.ts';
import { overVectors } from './vectors.ts';

/** Runs shorter than this waste lanes: four rows are then worked on together. */
const shortRun = 8;

/** Writes loops that compute and store values element by element, four lanes at a time. */
export function writeMap(f: FunctionBody, context: Context, kernel: MapKernel, rows: number): void {
  const loop = loopOf(f, context, kernel, rows);
  const { lengths, nest } = loop;
  const rank = lengths.length;
  const run = lengths[rank - 1] ?? 1;
  if (run < shortRun && rank > 1 && lengths[rank - 2]! >= 4) writeShortRuns(loop);
  else {
    const beyond = rank === 1 && endsInVector(loop, run);
    overVectors(nest, lengths, rank, [1], beyond, (_, lanes) => writeVector(loop, 0, lanes));
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
  nest.each(row, 4, () => {
    for (let first = 0; first < 4 * run; first += 4) writeVector(loop, first, 4, run);
  });
  nest.each(row, 1, () => nest.each(row + 1, 1, () => writeVector(loop, 0, 1)));
  nest.leave(0, row);
}

/**
 * Computes and stores up to four lanes from the present element on.
 *
 * @param first  how many elements after the present one they begin
 * @param count  how many there are
 * @param run    after how many elements the next row begins
 */
function writeVector(loop: Loop, first: number, count: number, run = Infinity): void {
  const { f, context, stores, nest, sources, targets } = loop;
  const computed: Local[] = [];
  const offsets = ({ strides }: Track): number[] => {
    const across = strides.at(-1) ?? 0;
    const down = strides.at(-2) ?? 0;
    const found: number[] = [];
    for (let at = first; at < first + count; at++) found.push((at % run) * across + Math.floor(at / run) * down);
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
  const writer = new Lanes(f, context, load, count === 4 && run === Infinity);
  for (const { value, to } of stores) {
    writer.write(value);
    toWords(f, to.place.dtype);
    const lanes = f.local('v128');
    f.set(lanes);
    const target = targets[computed.length]!;
    nest.storeLanes(target, offsets(target), lanes);
    computed.push(lanes);
  }
}
