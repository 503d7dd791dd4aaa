import { holdsOnly, type MapKernel, type Reading, readings, touched } from '../loops/kernel.ts';
import type { Context } from './context.ts';
import { writeDouble } from './doubles.ts';
import type { FunctionBody, Local } from './function-body.ts';
import { toLanes, toWords, writeLanes } from './lanes.ts';
import { Nest, type Track, tracksOver } from './nest.ts';

/** Runs shorter than this waste lanes: four rows are then worked on together. */
const shortRun = 8;

/** Writes loops that compute and store values element by element. */
export function writeMap(f: FunctionBody, context: Context, kernel: MapKernel): void {
  const { shape, stores } = kernel;
  const reads: Reading[] = [];
  for (const { value } of stores) readings(value, reads);
  const { lengths, tracks } = tracksOver(shape, [...reads.map(({ lens }) => lens), ...stores.map(({ to }) => to)]);
  const trackOf = new Map<Reading, Track>(reads.map((reading, at) => [reading, tracks[at]!]));
  const targets = tracks.slice(reads.length);
  const nest = new Nest(f, context, lengths, tracks, touched(kernel).rows);
  const rank = lengths.length;

  /** One number. */
  const single = (): void =>
    stores.forEach(({ value }, at) => {
      const result = f.local('f64');
      writeDouble(f, context, value, (reading) => nest.loadDouble(trackOf.get(reading)!));
      f.set(result);
      nest.storeDouble(targets[at]!, result);
      f.release(result);
    });

  /** Up to four lanes, each `places` along the last two axes from where the cursors stand. */
  const vector = (places: readonly (readonly [row: number, column: number])[]): void => {
    const offsets = ({ strides: own }: Track): number[] =>
      places.map(([row, column]) => row * (own[rank - 2] ?? 0) + column * (own[rank - 1] ?? 0));
    const computed: Local[] = [];
    stores.forEach(({ value, to }, at) => {
      const lanes = f.local('v128');
      writeLanes(f, context, value, (reading) => {
        // What this step has just stored is still at hand.
        const known = stores.findIndex((store) => store.to.place === reading.lens.place);
        if (known >= 0 && known < at) f.get(computed[known]!);
        else nest.loadLanes(trackOf.get(reading)!, offsets(trackOf.get(reading)!));
        toLanes(f, context, reading.dtype);
      });
      toWords(f, to.place.dtype);
      f.set(lanes);
      nest.storeLanes(targets[at]!, offsets(targets[at]!), lanes);
      computed.push(lanes);
    });
    f.release(...computed);
  };

  const run = lengths.at(-1) ?? 1;
  const last = rank - 1;
  if (!stores.every(({ value }) => holdsOnly(value, ['float32', 'int32', 'bool']))) nest.over(0, rank, single);
  else if (rank === 0) vector([[0, 0]]);
  else if (run < shortRun && rank > 1 && lengths[rank - 2]! >= 4) {
    nest.over(0, rank - 2, () => {
      const left = nest.along(rank - 2, 4, () => {
        for (let at = 0; at < run; at++) {
          vector([0, 1, 2, 3].map((lane) => [Math.floor((4 * at + lane) / run), (4 * at + lane) % run] as const));
        }
      });
      nest.along(
        rank - 2,
        1,
        () => {
          nest.along(last, 1, () => vector([[0, 0]]));
          nest.back(last);
        },
        lengths[rank - 2]! - left,
      );
      nest.back(rank - 2);
    });
  } else {
    // Whole places may be written to the end of their last vector; reading further than that does no harm.
    const beyond =
      rank === 1 &&
      targets.every(({ lens, strides: [stride] }) => stride === 1 && lens.offset === 0 && lens.place.size === run) &&
      tracks.every(({ strides: [stride] }) => stride === 0 || stride === 1);
    nest.over(0, last, () => {
      const left = nest.along(last, 4, () => vector(beside(4)), 0, beyond);
      nest.rest(last, left, () => vector(beside(left)));
      nest.back(last, run - left);
    });
  }
  nest.release();
}

/** Places next to each other in one row. */
function beside(count: number): [row: number, column: number][] {
  return Array.from({ length: count }, (_, column) => [0, column]);
}
