import type { Program } from '../program.ts';
import type { Schedule } from './fuse.ts';
import type { Kernel, MapKernel, MatMulKernel } from './kernel.ts';
import { type Lens, type Place, seesAlike } from './lens.ts';

/** Where every place of a schedule lies in one stretch of memory, in bytes. */
export interface Layout {
  readonly bytes: number;
  addressOf(place: Place): number;
  /** Outputs that do not lie in the input that carries them: they are copied there after a run. */
  readonly copies: readonly { readonly from: Place; readonly to: Place }[];
}

/** Addresses are multiples of this: the last vector of a place may be written in full. */
const alignment = 16;

/** How a place is used, by the numbers of kernels in their order. */
interface Use {
  readonly bytes: number;
  /** The kernel that writes it first, −1 for inputs and constants, and the one that touches it last. */
  readonly written: number;
  last: number;
  /** The last pass in which a kernel touches it otherwise than row by row. */
  uneven: number;
  /** Where it lies instead of at an address of its own, being written over what nothing needs any more. */
  over: Use | undefined;
  address: number;
}

/**
 * Lays out memory: inputs, constants and outputs have addresses of their own; every other place shares one with places
 * whose time does not overlap its own, from the pass that writes it first to the pass that reads it last.
 *
 * A map writes its result over what it is computed from, element by element, where nothing needs that afterwards. An
 * output that is carried into an input is written over the old value, read or not, where nothing may refuse its input
 * from then on.
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
  const use = (place: Place, at: number, written: number): Use => {
    let known = uses.get(place);
    if (!known) {
      known = { bytes: bytesOf(place), written, last: at, uneven: -1, over: undefined, address: 0 };
      uses.set(place, known);
    }
    known.last = Math.max(known.last, at);
    return known;
  };
  const kernels: Kernel[] = [];
  const passOf: number[] = [];
  /** The last pass with a kernel that may refuse its input. */
  let refusing = -1;
  for (let pass = 0; pass < passes.length; pass++) {
    for (const { kernel, rows, touches } of passes[pass]!.parts) {
      const at = kernels.push(kernel) - 1;
      passOf.push(pass);
      const scratch = scratchOf(kernel);
      if (scratch) use(scratch, at, at);
      for (const { place, written, byRows } of touches) {
        const known = use(place, at, written ? at : -1);
        if (rows > 1 && !byRows) known.uneven = pass;
      }
      if (kernel.kind === 'gather' || kernel.kind === 'scatter') refusing = pass;
    }
  }
  // What goes in, or comes out, has an address of its own.
  const fixed = new Set<Use>();
  for (const place of [...inputs, ...constants.keys(), ...outputs]) fixed.add(use(place, -1, -1));
  /** The use of the place in whose memory another lies: itself, or one that it is written over. */
  const under = (place: Place): Use => {
    const own = uses.get(place)!;
    return own.over ?? own;
  };

  const carried = new Map<Place, Place>();
  for (const pair of program.carried) carried.set(outputs[pair[1]]!, inputs[pair[0]]!);
  for (let at = 0; at < kernels.length; at++) {
    const kernel = kernels[at]!;
    // A product that a map finishes writes as that does.
    const map = (kernel as Partial<MatMulKernel>).finish ?? kernel;
    if (map.kind !== 'map') continue;
    const pass = passOf[at]!;
    for (const { to, reads } of map.stores) {
      const made = uses.get(to.place)!;
      if (made.over || made.written < at) continue;
      const variable = pass > refusing ? carried.get(to.place) : undefined;
      const olds = reads.map(({ place }) => place);
      if (variable) olds.unshift(variable);
      for (const place of olds) {
        const old = uses.get(place)!;
        const base = under(place);
        if (old.last > at || old.uneven === pass || old.bytes !== made.bytes) continue;
        if ((fixed.has(base) && place !== variable) || !readsAlike(map, to, place)) continue;
        if (!fixed.has(made) || place === variable) {
          made.over = base;
          base.last = made.last;
        } else if (base === old) base.over = made;
        break;
      }
    }
  }

  let end = start;
  for (const own of fixed) {
    if (own.over) continue;
    own.address = end;
    end += roundUp(own.bytes);
  }
  // The largest first, each at the lowest address that is free all its time.
  const shared = end;
  const spans: Use[] = [];
  for (const own of [...uses.values()].sort((a, b) => b.bytes - a.bytes)) {
    if (fixed.has(own) || own.over) continue;
    const bytes = roundUp(own.bytes);
    let address = shared;
    let before = 0;
    for (; before < spans.length; before++) {
      const other = spans[before]!;
      if (passOf[other.last]! < passOf[own.written]! || passOf[other.written]! > passOf[own.last]!) continue;
      if (address + bytes <= other.address) break;
      address = Math.max(address, other.address + roundUp(other.bytes));
    }
    while (before > 0 && spans[before - 1]!.address > address) before--;
    spans.splice(before, 0, own);
    own.address = address;
    end = Math.max(end, address + bytes);
  }
  const addressOf = (place: Place): number => under(place).address;
  const copies = program.carried
    .map((pair) => ({ from: outputs[pair[1]]!, to: inputs[pair[0]]! }))
    .filter(({ from, to }) => addressOf(from) !== addressOf(to));
  return { bytes: end, addressOf, copies };
}

const roundUp = (bytes: number): number => Math.max(Math.ceil(bytes / alignment), 1) * alignment;

/** Is the old value read only where the new one is written, and not after that? */
function readsAlike({ shape, stores }: MapKernel, made: Lens, old: Place): boolean {
  let gone = false;
  for (const { to, reads } of stores) {
    for (const lens of reads) if (lens.place === old && (gone || !seesAlike(lens, made, shape))) return false;
    gone ||= to === made;
  }
  return true;
}
