import type { Program } from '../program.ts';
import type { Schedule } from './fuse.ts';
import type { Kernel, MapKernel, Touch, Touched } from './kernel.ts';
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
  readonly place: Place;
  readonly bytes: number;
  readonly written: number;
  last: number;
}

/** Memory that belongs to a place for some time. */
interface Span extends Use {
  readonly at: number;
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
  for (let at = 0; at < passes.length; at++) {
    const use = (place: Place, written: number): void => {
      const known = uses.get(place);
      if (known) known.last = at;
      else uses.set(place, { place, bytes: bytesOf(place), written, last: at });
    };
    for (const { kernel, reads, writes } of passes[at]!.parts) {
      const scratch = scratchOf(kernel);
      if (scratch) use(scratch, at);
      for (const { place } of writes) use(place, at);
      for (const { place } of reads) use(place, -1);
    }
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
  for (let at = 0; at < passes.length; at++) overwrite(passes[at]!, at, uses, fixed, standing);

  const addresses = new Map<Place, number>();
  let end = start;
  for (const place of fixed) {
    if (standing.has(place)) continue;
    addresses.set(place, end);
    end += roundUp(bytesOf(place));
  }
  // The largest first, each at the lowest address that is free all its time.
  const shared = end;
  const spans: Span[] = [];
  for (const use of [...uses.values()].sort((a, b) => b.bytes - a.bytes)) {
    const { place, written, last } = use;
    if (addresses.has(place) || standing.has(place)) continue;
    const bytes = roundUp(use.bytes);
    let at = shared;
    let before = 0;
    for (; before < spans.length; before++) {
      const other = spans[before]!;
      if (other.last < written || other.written > last) continue;
      if (at + bytes <= other.at) break;
      at = Math.max(at, other.at + other.bytes);
    }
    while (before > 0 && spans[before - 1]!.at > at) before--;
    spans.splice(before, 0, { ...use, bytes, at });
    addresses.set(place, at);
    end = Math.max(end, at + bytes);
  }
  return { bytes: end, addressOf: (place) => addresses.get(standing.get(place) ?? place)!, copies };
}

const roundUp = (bytes: number): number => Math.max(Math.ceil(bytes / alignment), 1) * alignment;

/**
 * Lets the maps of a pass write their results over what they compute them from, element by element, where nothing needs
 * that afterwards.
 */
function overwrite(
  { parts }: Pass,
  at: number,
  uses: ReadonlyMap<Place, Use>,
  fixed: ReadonlySet<Place>,
  standing: Map<Place, Place>,
): void {
  for (let part = 0; part < parts.length; part++) {
    const { kernel } = parts[part]!;
    if (kernel.kind !== 'map') continue;
    for (const { to, reads } of kernel.stores) {
      const made = to.place;
      if (standing.has(made) || uses.get(made)!.written < at) continue;
      if (parts.slice(0, part).some(({ writes }) => has(writes, made))) continue;
      for (const { lens } of reads) {
        const old = lens.place;
        const under = standing.get(old) ?? old;
        const use = uses.get(old)!;
        if (fixed.has(under) || use.written < 0 || use.last > at || use.bytes !== uses.get(made)!.bytes) continue;
        if (parts.some((one, other) => needs(one, old, other > part))) continue;
        if (!readsEvenly(kernel, made, old)) continue;
        if (fixed.has(made)) {
          if (under === old) standing.set(old, made);
        } else {
          standing.set(made, under);
          uses.get(under)!.last = uses.get(made)!.last;
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
    for (const { lens } of stores[index]!.reads) {
      if (lens.place !== to) continue;
      const [read, written] = join(shape, [lens.strides, stores[store]!.to.strides]).strides;
      if (index > store || lens.offset !== 0 || read!.join() !== written!.join()) return false;
    }
  }
  return true;
}
