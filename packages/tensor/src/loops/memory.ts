import type { Program } from '../program.ts';
import type { Schedule } from './fuse.ts';
import { type Kernel, type MapKernel, readings, type Touch, type Touched } from './kernel.ts';
import { join, type Place } from './lens.ts';
import type { Pass } from './passes.ts';

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
  const written: Set<Place>[] = [];
  for (let at = 0; at < passes.length; at++) {
    const places = new Set<Place>();
    for (const { kernel, reads, writes } of passes[at]!.parts) {
      for (const { place } of writes) places.add(place);
      const scratch = scratchOf(kernel);
      if (scratch) places.add(scratch);
      for (const { place } of reads) {
        if (!places.has(place)) uses.set(place, { written: uses.get(place)?.written ?? -1, last: at });
      }
    }
    for (const place of places) uses.set(place, { written: uses.get(place)?.written ?? at, last: at });
    written.push(places);
  }

  const standing = new Map<Place, Place>();
  const copies: { from: Place; to: Place }[] = [];
  for (const [input, output] of program.carried) {
    const from = outputs[output]!;
    const to = inputs[input]!;
    const at = uses.get(from)?.written ?? -1;
    const shared = program.carried.filter(([, other]) => outputs[other] === from).length > 1;
    if (!shared && at >= 0 && (uses.get(to)?.last ?? -1) <= at && writesInPlace(passes, at, from, to))
      standing.set(from, to);
    else copies.push({ from, to });
  }

  const fixed = new Set([...inputs, ...constants.keys(), ...outputs]);
  for (let at = 0; at < passes.length; at++) overwrite(passes[at]!, at, uses, fixed, standing, bytesOf);

  const addresses = new Map<Place, number>();
  const room = new Room(start);
  for (const place of fixed) {
    if (!addresses.has(place) && !standing.has(place)) addresses.set(place, room.take(bytesOf(place)));
  }
  const ending: Place[][] = passes.map(() => []);
  for (const [place, { last }] of uses) {
    if (!addresses.has(place) && !standing.has(place)) ending[last]!.push(place);
  }
  for (let at = 0; at < passes.length; at++) {
    for (const place of written[at]!) {
      if (!addresses.has(place) && !standing.has(place)) addresses.set(place, room.take(bytesOf(place)));
    }
    for (const place of ending[at]!) room.giveBack(addresses.get(place)!, bytesOf(place));
  }
  return { bytes: room.end, addressOf: (place) => addresses.get(standing.get(place) ?? place)!, copies };
}

const roundUp = (bytes: number): number => Math.max(Math.ceil(bytes / alignment), 1) * alignment;

/** Memory that is taken and given back. */
class Room {
  end: number;
  readonly #gaps: { at: number; bytes: number }[] = [];

  constructor(start: number) {
    this.end = start;
  }

  /** The address of so many bytes: in the smallest gap that holds them, or at the end. */
  take(size: number): number {
    const bytes = roundUp(size);
    let fits: { at: number; bytes: number } | undefined;
    for (const gap of this.#gaps) if (gap.bytes >= bytes && gap.bytes < (fits?.bytes ?? Infinity)) fits = gap;
    const from = fits ?? { at: this.end, bytes };
    if (!fits) this.end += bytes;
    from.at += bytes;
    from.bytes -= bytes;
    return from.at - bytes;
  }

  giveBack(at: number, size: number): void {
    const gaps = this.#gaps;
    gaps.push({ at, bytes: roundUp(size) });
    gaps.sort((a, b) => a.at - b.at);
    for (let place = gaps.length - 1; place > 0; place--) {
      const before = gaps[place - 1]!;
      if (before.at + before.bytes === gaps[place]!.at) before.bytes += gaps.splice(place, 1)[0]!.bytes;
    }
  }
}

/**
 * Lets the maps of a pass write their results over what they compute them from, element by element, where nothing needs
 * that afterwards.
 */
function overwrite(
  { parts }: Pass,
  at: number,
  uses: Map<Place, Use>,
  fixed: ReadonlySet<Place>,
  standing: Map<Place, Place>,
  bytesOf: (place: Place) => number,
): void {
  for (let part = 0; part < parts.length; part++) {
    const { kernel } = parts[part]!;
    if (kernel.kind !== 'map') continue;
    for (const { to, value } of kernel.stores) {
      const made = to.place;
      if (standing.has(made) || uses.get(made)!.written < at) continue;
      if (parts.slice(0, part).some(({ writes }) => has(writes, made))) continue;
      for (const { lens } of readings(value)) {
        const old = lens.place;
        const under = standing.get(old) ?? old;
        const use = uses.get(old)!;
        if (fixed.has(under) || use.written < 0 || use.last > at || bytesOf(old) !== bytesOf(made)) continue;
        if (parts.some((one, other) => needs(one, old, other > part))) continue;
        if (!readsEvenly(kernel, made, old)) continue;
        if (fixed.has(made)) {
          if (under === old) standing.set(old, made);
        } else {
          standing.set(made, under);
          uses.set(under, { written: uses.get(under)!.written, last: uses.get(made)!.last });
        }
        break;
      }
    }
  }
}

/** Does a kernel of a pass need a place otherwise than row by row, or at all when it comes after the one in question? */
function needs({ rows, reads, writes }: Touched, old: Place, after: boolean): boolean {
  const needed = ({ place, byRows }: Touch): boolean => place === old && (after || (rows > 1 && !byRows));
  return reads.some(needed) || writes.some(needed);
}

/** May the pass that writes the new value write it over the old one? */
function writesInPlace(passes: readonly Pass[], at: number, from: Place, to: Place): boolean {
  for (const { parts } of passes.slice(at)) {
    if (parts.some(({ kernel: { kind } }) => kind === 'gather' || kind === 'scatter')) return false;
  }
  return passes[at]!.parts.every(({ kernel, reads, writes }) =>
    has(writes, from) ? kernel.kind === 'map' && readsEvenly(kernel, from, to) : !has(reads, to),
  );
}

const has = (touches: readonly Touch[], one: Place): boolean => touches.some(({ place }) => place === one);

/** Is the old value read only where the new one is written, and not after that? */
function readsEvenly({ shape, stores }: MapKernel, from: Place, to: Place): boolean {
  const store = stores.findIndex((one) => one.to.place === from);
  for (let index = 0; index < stores.length; index++) {
    for (const { lens } of readings(stores[index]!.value)) {
      if (lens.place !== to) continue;
      const [read, written] = join(shape, [lens.strides, stores[store]!.to.strides]).strides;
      if (index > store || lens.offset !== 0 || read!.join() !== written!.join()) return false;
    }
  }
  return true;
}
