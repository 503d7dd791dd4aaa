import { vi } from 'vitest';
import type { Buffer } from '../src/loops/ir.ts';
import type { planMemory } from '../src/loops/memory.ts';

/** The number of bytes between two buffers. They hold a canary, NaN as float32: nothing may write them or use their values. */
const guard = 64;
const canary = 0x7fc0dead;

interface Guarded {
  readonly words: Int32Array;
  /** The range of the planned memory, in words. */
  readonly start: number;
  readonly end: number;
  /** Per word: 1 if it belongs to a buffer. */
  readonly isBuffer: Uint8Array;
}

const guarded: Guarded[] = [];
let latest: (Omit<Guarded, 'words'> & { readonly bytes: number }) | undefined;

/** A replacement of `planMemory` that leaves a guard after every buffer. */
export function withGuards(real: typeof planMemory): typeof planMemory {
  return (schedule, program, start, bytesOf, ...others) => {
    const buffers = new Set<Buffer>();
    const guarding = (buffer: Buffer): number => {
      buffers.add(buffer);
      return bytesOf(buffer) + guard;
    };
    const memoryPlan = real(schedule, program, start, guarding, ...others);
    const isBuffer = new Uint8Array(memoryPlan.bytes / 4);
    for (const buffer of buffers) {
      const at = memoryPlan.addressOf(buffer) / 4;
      // A buffer extends to the end of its last vector.
      isBuffer.fill(1, at, at + Math.ceil(bytesOf(buffer) / 16) * 4);
    }
    latest = { start: start / 4, end: memoryPlan.bytes / 4, isBuffer, bytes: memoryPlan.bytes };
    return memoryPlan;
  };
}

/** Fills the memory of all modules created from now on with canaries. */
export function useGuardedMemory(): void {
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

/** The addresses outside all buffers that were written. Resets the list of guarded memories. */
export function outOfBoundsWrites(): number[] {
  return guarded.splice(0).flatMap(({ words, start, end, isBuffer }) => {
    const written: number[] = [];
    for (let at = start; at < end; at++) if (isBuffer[at] === 0 && words[at] !== canary) written.push(at * 4);
    return written;
  });
}

/** The number of guarded words in all guarded memories. */
export const guardedWords = (): number =>
  guarded.reduce(
    (sum, { start, end, isBuffer }) => sum + isBuffer.subarray(start, end).filter((one) => one === 0).length,
    0,
  );
