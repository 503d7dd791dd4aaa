import type { Program } from '../compile/program.ts';
import { FreeMemory } from './free-memory.ts';
import type { Schedule } from './fuse.ts';
import {
  type Buffer,
  type Kernel,
  type LoopKernel,
  type MapKernel,
  type MatMulKernel,
  sameElements,
  type StridedView,
} from './ir.ts';

/** The address of every buffer of a schedule, in bytes, in one memory. */
export interface MemoryPlan {
  readonly bytes: number;
  addressOf(buffer: Buffer): number;
  /** Whether it has a place here. */
  has(buffer: Buffer): boolean;
  /** The outputs that are new values of an input and have another address: they are copied to it after a run. */
  readonly copies: readonly { readonly from: Buffer; readonly to: Buffer }[];
  /** The copies after each step of a loop; undefined for a loop of another program. */
  copiesIn(loop: LoopKernel): MemoryPlan['copies'] | undefined;
}

/** Addresses are multiples of this: the last vector of a buffer may be written in full. */
const alignment = 16;

/** How a buffer is used. Kernels are named by their index in the order of the schedule. */
interface Use {
  readonly bytes: number;
  /** The kernel that writes it first, −1 for inputs and constants, and the one that accesses it last. */
  readonly written: number;
  last: number;
  /** The last group in which a kernel accesses it otherwise than row by row. */
  notRowLocal: number;
  /** The use whose address it takes, because it is written over values that no kernel reads any more. */
  over: Use | undefined;
  address: number;
}

/**
 * Plans memory. Inputs, constants and outputs have addresses of their own. Any other buffer is in use from the group that
 * writes it first to the group that reads it last, and shares its address with buffers that are in use at other times.
 *
 * A map writes its result over one of its operands, element by element, where no later kernel reads the operand. The new
 * value of a variable is written over the old one only after the last group that may refuse its input, so that a refused
 * run changes no variable.
 *
 * @param start    the first free address
 * @param bytesOf  how many bytes a buffer takes
 * @param outside  buffers that lie elsewhere
 */
export function planMemory(
  { groups, inputs, constants, outputs }: Schedule,
  program: Program,
  start: number,
  bytesOf: (buffer: Buffer) => number,
  outside: ReadonlySet<Buffer> = new Set(),
): MemoryPlan {
  /** The plans of the bodies of loops. Their addresses start at 0. */
  const bodies = new Map<LoopKernel, MemoryPlan>();
  /** The bytes of the arena of each loop. */
  const arenas = new Map<Buffer, number>();
  const uses = new Map<Buffer, Use>();
  const use = (buffer: Buffer, at: number, written: number): Use => {
    let known = uses.get(buffer);
    if (!known) {
      known = {
        bytes: arenas.get(buffer) ?? bytesOf(buffer),
        written,
        last: at,
        notRowLocal: -1,
        over: undefined,
        address: 0,
      };
      uses.set(buffer, known);
    }
    known.last = Math.max(known.last, at);
    return known;
  };
  const kernels: Kernel[] = [];
  const groupOf: number[] = [];
  /** The last group with a kernel that may refuse its input. */
  let refusing = -1;
  for (let group = 0; group < groups.length; group++) {
    for (const { kernel, rows, accesses } of groups[group]!.parts) {
      const at = kernels.push(kernel) - 1;
      groupOf.push(group);
      if (kernel.kind === 'loop') {
        const elsewhere = new Set(accesses.map(({ buffer }) => buffer));
        const body = planMemory(kernel.body, kernel.program, 0, bytesOf, elsewhere);
        bodies.set(kernel, body);
        arenas.set(kernel.arena, body.bytes);
      }
      for (const { buffer, written, rowLocal } of accesses) {
        if (outside.has(buffer)) continue;
        const known = use(buffer, at, written ? at : -1);
        if (rows > 1 && !rowLocal) known.notRowLocal = group;
      }
      if (mayRefuse(kernel)) refusing = group;
    }
  }
  // Inputs, constants and outputs have addresses of their own.
  const fixed = new Set<Use>();
  for (const buffer of [...inputs, ...constants.keys(), ...outputs]) {
    if (!outside.has(buffer)) fixed.add(use(buffer, -1, -1));
  }
  /** The use whose address a buffer has: its own, or that of the buffer that it is written over. */
  const under = (buffer: Buffer): Use => {
    const own = uses.get(buffer)!;
    return own.over ?? own;
  };

  const carried = new Map<Buffer, Buffer>();
  for (const pair of program.carried) carried.set(outputs[pair[1]]!, inputs[pair[0]]!);
  for (let at = 0; at < kernels.length; at++) {
    const kernel = kernels[at]!;
    // A product with an epilogue stores what the epilogue computes.
    const { epilogue, storesPartialSums } = kernel as Partial<MatMulKernel>;
    const map = epilogue ?? kernel;
    if (map.kind !== 'map' || storesPartialSums) continue;
    const group = groupOf[at]!;
    for (const { to, reads } of map.stores) {
      const made = uses.get(to.buffer)!;
      if (made.over || made.written < at) continue;
      const variable = group > refusing ? carried.get(to.buffer) : undefined;
      const olds = reads.map(({ buffer }) => buffer);
      if (variable) olds.unshift(variable);
      for (const buffer of olds) {
        if (outside.has(buffer)) continue;
        const old = uses.get(buffer)!;
        const base = under(buffer);
        if (old.last > at || old.notRowLocal === group || old.bytes !== made.bytes) continue;
        if ((fixed.has(base) && buffer !== variable) || !readsAlike(map, to, buffer)) continue;
        if (!fixed.has(made) || buffer === variable) {
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
  const apart = [...uses.values()].filter((own) => !fixed.has(own) && !own.over);
  end = placeShared(apart, groupOf, end);
  const addressOf = (buffer: Buffer): number => {
    if (uses.has(buffer)) return under(buffer).address;
    const [loop, body] = [...bodies].find(([, plan]) => plan.has(buffer))!;
    return addressOf(loop.arena) + body.addressOf(buffer);
  };
  const copiesIn = (loop: LoopKernel): MemoryPlan['copies'] | undefined => {
    const own = bodies.get(loop);
    if (own) return own.copies;
    for (const body of bodies.values()) {
      const found = body.copiesIn(loop);
      if (found) return found;
    }
    return undefined;
  };
  const has = (buffer: Buffer): boolean => uses.has(buffer) || [...bodies.values()].some((body) => body.has(buffer));
  const copies = program.carried
    .map((pair) => ({ from: outputs[pair[1]]!, to: inputs[pair[0]]! }))
    .filter(({ from, to }) => from.size > 0 && addressOf(from) !== addressOf(to));
  return { bytes: end, addressOf, has, copies, copiesIn };
}

/** Whether a kernel may refuse its input. */
function mayRefuse(kernel: Kernel): boolean {
  if (kernel.kind === 'loop')
    return kernel.body.groups.some(({ parts }) => parts.some((part) => mayRefuse(part.kernel)));
  return ['gather', 'scatter', 'check', 'matrix'].includes(kernel.kind);
}

/**
 * Gives each buffer the lowest address that is free all its time, the largest first.
 *
 * @param start  the first free address
 * @returns      the first address after all of them
 */
function placeShared(uses: readonly Use[], groupOf: readonly number[], start: number): number {
  let end = start;
  // Time 0 is before the first group.
  const memory = new FreeMemory((groupOf.at(-1) ?? -1) + 2);
  for (const own of uses.toSorted((a, b) => b.bytes - a.bytes)) {
    const bytes = roundUp(own.bytes);
    const [from, to] = [own.written, own.last].map((at) => (groupOf[at] ?? -1) + 1) as [number, number];
    own.address = memory.place(start, bytes, from, to);
    end = Math.max(end, own.address + bytes);
  }
  return end;
}

const roundUp = (bytes: number): number => Math.max(Math.ceil(bytes / alignment), 1) * alignment;

/** Whether the old value is read only at the element where the new one is written, and not after that. */
function readsAlike({ shape, stores }: MapKernel, made: StridedView, old: Buffer): boolean {
  let gone = false;
  for (const { to, reads } of stores) {
    for (const view of reads) if (view.buffer === old && (gone || !sameElements(view, made, shape))) return false;
    gone ||= to === made;
  }
  return true;
}
