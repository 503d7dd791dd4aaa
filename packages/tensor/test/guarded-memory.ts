import { vi } from 'vitest';
import type { Buffer } from '../src/loops/ir.ts';
import type { planMemory } from '../src/loops/memory.ts';

/** Between two buffers lie so many bytes that nobody may write, and whose values nobody may use: NaN as float32. */
const guard = 64;
const canary = 0x7fc0dead;

interface Guarded {
  readonly words: Int32Array;
  /** Where memory that is laid out begins and ends, in words. */
  readonly start: number;
  readonly end: number;
  /** Per word: does some buffer lie there at some time? */
  readonly owned: Uint8Array;
}

const guarded: Guarded[] = [];
let latest: (Omit<Guarded, 'words'> & { readonly bytes: number }) | undefined;

/** Lays memory out as ever, but with guards behind every buffer; to be put in the buffer of `planMemory`. */
export function withGuards(real: typeof planMemory): typeof planMemory {
  return (schedule, program, start, bytesOf, ...others) => {
    const buffers = new Set<Buffer>();
    const guarding = (buffer: Buffer): number => {
      buffers.add(buffer);
      return bytesOf(buffer) + guard;
    };
    const memoryPlan = real(schedule, program, start, guarding, ...others);
    const owned = new Uint8Array(memoryPlan.bytes / 4);
    for (const buffer of buffers) {
      const at = memoryPlan.addressOf(buffer) / 4;
      // A buffer goes on to the end of its last vector.
      owned.fill(1, at, at + Math.ceil(bytesOf(buffer) / 16) * 4);
    }
    latest = { start: start / 4, end: memoryPlan.bytes / 4, owned, bytes: memoryPlan.bytes };
    return memoryPlan;
  };
}

/** From now on modules get memory that is full of canaries. */
export function watchGuards(): void {
  const { Memory } = WebAssembly;
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(function (descriptor: WebAssembly.MemoryDescriptor) {
    const memory = new Memory(descriptor);
    const words = new Int32Array(memory.buffer);
    if (latest) {
      words.fill(canary, latest.start);
      guarded.push({ ...latest, words });
    }
    latest = undefined;
    return memory;
  } as never);
}

/** Forgets the memories that were watched, and gives the addresses outside every buffer that were written in them. */
export function trespasses(): number[] {
  return guarded.splice(0).flatMap(({ words, start, end, owned }) => {
    const written: number[] = [];
    for (let at = start; at < end; at++) if (owned[at] === 0 && words[at] !== canary) written.push(at * 4);
    return written;
  });
}

/** How many words are guarded in the memories that are watched. */
export const guardedWords = (): number =>
  guarded.reduce((sum, { start, end, owned }) => sum + owned.subarray(start, end).filter((one) => one === 0).length, 0);
