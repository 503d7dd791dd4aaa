import type { ComputeDType } from '../../dtype.ts';

/**
 * The protocol between the threads of a pool: indices of words in one shared `Int32Array`. Words that different threads
 * write are in different cache lines, sixteen words apart.
 *
 * The main thread offers one loop at a time: it writes the description of the loop, sets `open`, and increments
 * `sequence`. A worker that sees `sequence` change first sets its `busy` word and then reads `open`. The main thread first
 * clears `open` and then waits until no worker is busy. So no worker can run rows of a loop that has ended.
 */
/** The number of events so far: loops offered and messages posted. Sleeping workers wait for it to change. */
export const sequence = 0;
/** 1 while a loop is offered. */
export const open = 16;
/** The first row that no thread has taken yet. */
export const next = 32;
/** The id of the program whose loop is offered. */
export const program = 48;
/** The index of the loop among the shared loops of the program, its rows, and the rows of a chunk. */
export const loop = 49;
export const rows = 50;
export const chunk = 54;
/** The number of workers that may take part. */
export const workerLimit = 51;
/** 1 if a thread threw an error in its rows. */
export const failed = 52;

/** 1 while a worker looks for rows of the offered loop or runs them. */
export const busyOf = (worker: number): number => 64 + worker * 32;
/** The number of messages posted to a worker, and the number that it has read. */
export const postedOf = (worker: number): number => 64 + worker * 32 + 16;
export const readOf = (worker: number): number => 64 + worker * 32 + 1;

/** The largest number of threads, including the main thread. */
export const mostThreads = 64;

/** Allocates the words of the protocol. */
export function newProtocol(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(busyOf(mostThreads) * 4));
}

/** A hint to the processor in spin loops, where the engine has it. */
export function pause(): void {
  (Atomics as { pause?(): void }).pause?.();
}

/** An operation that is called in JavaScript: its index in `elementwiseOperations` or −1, and the dtype of the results. */
export interface PostedCall {
  readonly operation: number;
  readonly dtype: ComputeDType;
}

/** A program as it is posted to workers. Its shared loop N is the export `shareN`. */
export interface PostedProgram {
  readonly id: number;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The operations that it calls in JavaScript, in the order of its calls. */
  readonly jsCalls: readonly PostedCall[];
}

/** A message from the main thread to a worker. The first one carries the words of the protocol. */
export type Message =
  | { readonly words: Int32Array<SharedArrayBuffer>; readonly worker: number }
  | { readonly program: PostedProgram }
  | { readonly forget: number };
