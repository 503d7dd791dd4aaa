import { holdsOnly } from '../loops/fuse.ts';
import { type MapKernel, type Reading, readings } from '../loops/kernel.ts';
import { join } from '../loops/lens.ts';
import { sizeOf } from '../shape.ts';
import type { FunctionBody, Local } from './assembler.ts';
import type { Context } from './context.ts';
import { writeDouble } from './doubles.ts';
import { toLanes, toWords, writeLanes } from './lanes.ts';
import { Nest, type Track } from './nest.ts';

/** Runs shorter than this waste lanes: four rows are then worked on together. */
const shortRun = 8;

/** Writes loops that compute and store values element by element. */
export function writeMap(f: FunctionBody, context: Context, { shape, stores }: MapKernel): void {
  if (sizeOf(shape) === 0) return;
  const reads = [...new Set(stores.flatMap(({ value }) => readings(value)))];
  const lenses = [...reads.map(({ lens }) => lens), ...stores.map(({ to }) => to)];
  const { lengths, strides } = join(
    shape,
    lenses.map((lens) => lens.strides),
  );
  const tracks: Track[] = lenses.map((lens, at) => ({ lens, strides: strides[at]! }));
  const trackOf = new Map<Reading, Track>(reads.map((reading, at) => [reading, tracks[at]!]));
  const targets = tracks.slice(reads.length);
  const nest = new Nest(f, context, tracks);
  const rank = lengths.length;

  if (!stores.every(({ value }) => holdsOnly(value, ['float32', 'int32', 'bool']))) {
    nest.over(lengths, 0, rank, () => {
      stores.forEach(({ value }, at) => {
        const result = f.local('f64');
        writeDouble(f, context, value, (reading) => nest.loadDouble(trackOf.get(reading)!));
        f.set(result);
        nest.storeDouble(targets[at]!, result);
        f.release(result);
      });
    });
    nest.release();
    return;
  }

  /** Four lanes, or one, each `places` along the last two axes from where the cursors stand. */
  const step = (places: readonly (readonly [row: number, column: number])[]): void => {
    const offsets = ({ strides: own }: Track): number[] =>
      places.map(([row, column]) => row * (own[rank - 2] ?? 0) + column * (own[rank - 1] ?? 0));
    const computed: Local[] = [];
    stores.forEach(({ value, to }, at) => {
      const lanes = f.local('v128');
      writeLanes(f, context, value, (reading) => {
        // What this step has just stored is still at hand.
        const known = stores.slice(0, at).findIndex((store) => store.to.place === reading.lens.place);
        if (known >= 0) f.get(computed[known]!);
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
  const rows = lengths.at(-2) ?? 1;
  if (run < shortRun && rows >= 4) {
    nest.over(lengths, 0, rank - 2, () => {
      nest.along(rank - 2, rows - (rows % 4), 4, () => {
        for (let vector = 0; vector < run; vector++) {
          step([0, 1, 2, 3].map((lane) => [Math.floor((4 * vector + lane) / run), (4 * vector + lane) % run] as const));
        }
      });
      nest.move(rank - 2, rows - (rows % 4));
      for (let row = 0; row < rows % 4; row++) {
        for (let column = 0; column < run; column++) step([[row, column]]);
      }
      nest.move(rank - 2, -(rows - (rows % 4)));
    });
  } else {
    nest.over(lengths, 0, Math.max(rank - 1, 0), () => {
      const even = run - (run % 4);
      nest.along(rank - 1, even, 4, () =>
        step([
          [0, 0],
          [0, 1],
          [0, 2],
          [0, 3],
        ]),
      );
      nest.move(rank - 1, even);
      for (let column = 0; column < run % 4; column++) step([[0, column]]);
      nest.move(rank - 1, -even);
    });
  }
  nest.release();
}
