import type { Program } from '../program.ts';
import type { Schedule } from './fuse.ts';
import { type Kernel, type MapKernel, readings, touched } from './kernel.ts';
import { join, type Place } from './lens.ts';

/** Where every place of a schedule lies in one stretch of memory, in bytes. */
export interface Layout {
  readonly bytes: number;
  addressOf(place: Place): number;
  /** Outputs that do not lie in the input that carries them: they are copied there after a run. */
  readonly copies: readonly { readonly from: Place; readonly to: Place }[];
}

/** Addresses are multiples of this: the last vector of a place may be written in full. */
const alignment = 16;

/** The passes that write a place first, −1 for inputs and constants, and use it last. */
interface Use {
  readonly written: number;
  readonly last: number;
}

/**
 * Lays out memory: inputs, constants and outputs have addresses of their own; every other place shares one with places
 * whose time does not overlap its own, from the pass that writes it first to the pass that reads it last.
 *
 * An output that is carried into an input is written in its place directly where that is safe: nothing else needs the
 * old value then or afterwards, and nothing that may refuse its input.
 *
 * @param start      the first free address
 * @param bytesOf    how many bytes a place takes
 * @param scratchOf  a place that a kernel needs while it runs
 */
export function layOut(
  { passes, inputs, constants, outputs }: Schedule,
  program: Program,
  start: number,
  bytesOf: (place: Place) => number,
  scratchOf: (kernel: Kernel) => Place | undefined,
): Layout {
  const uses = new Map<Place, Use>();
  const written = passes.map(({ kernels, touches }, at) => {
    const places = new Set<Place>();
    const use = (place: Place, first: number): void => {
      if (first === at) places.add(place);
      uses.set(place, { written: uses.get(place)?.written ?? first, last: at });
    };
    for (let part = 0; part < kernels.length; part++) {
      const { reads, writes } = touches[part]!;
      const scratch = scratchOf(kernels[part]!);
      for (const { place } of writes) use(place, at);
      if (scratch) use(scratch, at);
      for (const { place } of reads) use(place, -1);
    }
    return places;
  });

  const standing = new Map<Place, Place>();
  const copies: { from: Place; to: Place }[] = [];
  for (const [input, output] of program.carried) {
    const from = outputs[output]!;
    const to = inputs[input]!;
    const shared = program.carried.filter(([, other]) => outputs[other] === from).length > 1;
    const at = uses.get(from)?.written ?? -1;
    const later = passes.slice(Math.max(at, 0)).flatMap(({ kernels }) => kernels);
    if (!shared && at >= 0 && (uses.get(to)?.last ?? -1) <= at && writesInPlace(passes[at]!.kernels, later, from, to))
      standing.set(from, to);
    else copies.push({ from, to });
  }

  const addresses = new Map<Place, number>();
  let end = start;
  const reserve = (place: Place): void => {
    if (addresses.has(place) || standing.has(place)) return;
    addresses.set(place, end);
    end += roundUp(bytesOf(place));
  };
  for (const place of [...inputs, ...constants.keys(), ...outputs]) reserve(place);

  const free: { at: number; bytes: number }[] = [];
  const ending: Place[][] = passes.map(() => []);
  for (const [place, { last }] of uses) {
    if (!addresses.has(place) && !standing.has(place)) ending[last]!.push(place);
  }
  written.forEach((places, at) => {
    for (const place of places) {
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
    for (const place of ending[at]!) {
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

/** May a pass write the new value over the old one? `later` are its kernels and all that follow. */
function writesInPlace(kernels: readonly Kernel[], later: readonly Kernel[], from: Place, to: Place): boolean {
  if (later.some(({ kind }) => kind === 'gather' || kind === 'scatter')) return false;
  const among = (touches: readonly { readonly place: Place }[], one: Place): boolean =>
    touches.some(({ place }) => place === one);
  const writer = kernels.find((kernel) => among(touched(kernel).writes, from));
  if (writer?.kind !== 'map' || kernels.some((one) => one !== writer && among(touched(one).reads, to))) return false;
  return readsEvenly(writer, from, to);
}

/** Is the old value read only where the new one is written, and not after that? */
function readsEvenly({ shape, stores }: MapKernel, from: Place, to: Place): boolean {
  const store = stores.findIndex((one) => one.to.place === from);
  return stores.every(({ value }, index) =>
    readings(value).every(
      ({ lens }) =>
        lens.place !== to ||
        (index <= store &&
          join(shape, [lens.strides, stores[store]!.to.strides]).strides.every((s, _, all) =>
            s.every((v, axis) => v === all[0]![axis]),
          ) &&
          lens.offset === 0),
    ),
  );
}
