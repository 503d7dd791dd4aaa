import type { Program } from '../program.ts';
import { type Kernel, placesRead, placesWritten, readings } from './kernel.ts';
import type { Schedule } from './fuse.ts';
import { join, type Place } from './lens.ts';

/** Where every place of a schedule lies in one stretch of memory, in bytes. */
export interface Layout {
  readonly bytes: number;
  addressOf(place: Place): number;
  /** Outputs that do not lie in the input that carries them: they are copied there after a run. */
  readonly copies: readonly { readonly from: Place; readonly to: Place }[];
}

/** Addresses are multiples of this, so that vectors are aligned. */
const alignment = 16;

/**
 * Lays out memory: inputs, constants and outputs have addresses of their own; every other place shares one with places
 * whose time does not overlap its own, from the loop that writes it first to the loop that reads it last.
 *
 * An output that is carried into an input is written in its place directly where that is safe: nothing reads the old
 * value afterwards, and no loop that may refuse its input comes after.
 *
 * @param start         the first free address
 * @param bytesOf       how many bytes a place takes
 */
export function layOut(schedule: Schedule, program: Program, start: number, bytesOf: (place: Place) => number): Layout {
  const { kernels, inputs, constants, outputs } = schedule;
  const firstWrite = new Map<Place, number>();
  const lastUse = new Map<Place, number>();
  kernels.forEach((kernel, at) => {
    for (const place of placesWritten(kernel)) {
      if (!firstWrite.has(place)) firstWrite.set(place, at);
      lastUse.set(place, at);
    }
    for (const place of placesRead(kernel)) lastUse.set(place, at);
  });

  const standing = new Map<Place, Place>();
  const copies: { from: Place; to: Place }[] = [];
  for (const [input, output] of program.carried) {
    const from = outputs[output]!;
    const to = inputs[input]!;
    const shared = program.carried.filter(([, other]) => outputs[other] === from).length > 1;
    if (!shared && writesInPlace(kernels, from, to, firstWrite, lastUse)) standing.set(from, to);
    else copies.push({ from, to });
  }

  const addresses = new Map<Place, number>();
  let end = start;
  const reserve = (place: Place): void => {
    if (addresses.has(place) || standing.has(place)) return;
    addresses.set(place, end);
    end += roundUp(bytesOf(place));
  };
  for (const place of [...inputs, ...constants.map((constant) => constant.place), ...outputs]) reserve(place);

  const free: { at: number; bytes: number }[] = [];
  const ending = new Map<number, Place[]>();
  for (const [place, at] of lastUse) {
    if (!addresses.has(place) && !standing.has(place)) ending.set(at, [...(ending.get(at) ?? []), place]);
  }
  kernels.forEach((kernel, at) => {
    for (const place of placesWritten(kernel)) {
      if (addresses.has(place) || standing.has(place)) continue;
      const bytes = roundUp(bytesOf(place));
      const fits = free.filter((gap) => gap.bytes >= bytes).sort((a, b) => a.bytes - b.bytes)[0];
      if (fits) {
        addresses.set(place, fits.at);
        fits.at += bytes;
        fits.bytes -= bytes;
      } else {
        addresses.set(place, end);
        end += bytes;
      }
    }
    for (const place of ending.get(at) ?? []) {
      free.push({ at: addresses.get(place)!, bytes: roundUp(bytesOf(place)) });
      joinGaps(free);
    }
  });
  return { bytes: end, addressOf: (place) => addresses.get(standing.get(place) ?? place)!, copies };
}

const roundUp = (bytes: number): number => Math.max(Math.ceil(bytes / alignment), 1) * alignment;

function joinGaps(gaps: { at: number; bytes: number }[]): void {
  gaps.sort((a, b) => a.at - b.at);
  for (let at = gaps.length - 1; at > 0; at--) {
    const before = gaps[at - 1]!;
    if (before.at + before.bytes !== gaps[at]!.at) continue;
    before.bytes += gaps[at]!.bytes;
    gaps.splice(at, 1);
  }
}

/** May the new value be written over the old one? */
function writesInPlace(
  kernels: readonly Kernel[],
  from: Place,
  to: Place,
  firstWrite: ReadonlyMap<Place, number>,
  lastUse: ReadonlyMap<Place, number>,
): boolean {
  const at = firstWrite.get(from);
  if (at === undefined || (lastUse.get(to) ?? -1) > at) return false;
  const kernel = kernels[at]!;
  const writer = kernel.kind === 'matmul' ? kernel.epilogue : kernel;
  if (writer?.kind !== 'map') return false;
  if (kernel.kind === 'matmul' && (kernel.to === from || kernel.a.place === to || kernel.b.place === to)) return false;
  if (kernels.slice(at + 1).some(({ kind }) => kind === 'gather' || kind === 'scatter')) return false;
  // Within the loop itself the old value may be read only where the new one is written, and not after that.
  const store = writer.stores.findIndex((one) => one.to.place === from);
  return writer.stores.every(({ value }, index) =>
    readings(value).every(
      ({ lens }) =>
        lens.place !== to ||
        (index <= store &&
          join(writer.shape, [lens.strides, writer.stores[store]!.to.strides]).strides.every((s, _, all) =>
            s.every((v, axis) => v === all[0]![axis]),
          ) &&
          lens.offset === 0),
    ),
  );
}
