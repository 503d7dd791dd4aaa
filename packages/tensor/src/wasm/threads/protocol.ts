import type { DType } from '../../dtype.ts';

/**
 * The words of shared memory by which the threads of a pool agree: buffers in one `Int32Array`. Words that different
 * threads write stand in different lines of the cache, sixteen words apart.
 *
 * Only the main thread offers loops, one at a time: it writes down what there is to do, opens, and counts the
 * turn on. A worker that sees the turn change says that it is inside, and only then looks whether the offer is open;
 * the main thread closes, and only then waits until nobody is inside. So no worker can ever hold on to an offer that is
 * over.
 */
export const turn = 0;
export const open = 16;
/** The next row that nobody has taken yet. */
export const next = 32;
export const program = 48;
/** Which of the program's shared loops it is, how many rows it has, and how many are taken at a time. */
export const loop = 49;
export const rows = 50;
export const chunk = 54;
/** How many workers may take part. */
export const most = 51;
/** Has a worker met an error? */
export const failed = 52;

/** Is the worker at work on the present offer? */
export const insideOf = (worker: number): number => 64 + worker * 32;
/** How many messages have been posted to the worker, and how many it has read. */
export const mailOf = (worker: number): number => 64 + worker * 32 + 16;
export const readOf = (worker: number): number => 64 + worker * 32 + 1;

/** How many threads there may be, the main thread among them. */
export const mostThreads = 64;

/** Words for all of them. */
export function newProtocol(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(insideOf(mostThreads) * 4));
}

/** Lets some nanoseconds group, where the engine can do so gently. */
export function pause(): void {
  (Atomics as { pause?(): void }).pause?.();
}

/** An operation that is called in JavaScript: its place in `elementwiseOperations`, −1 if it is not there, and the dtype of results. */
export interface PostedCall {
  readonly operation: number;
  readonly dtype: DType;
}

/** A program as its workers know it: loop N of those that are shared is its export `shareN`. */
export interface PostedProgram {
  readonly id: number;
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** The operations that it calls in JavaScript, in the order of its calls. */
  readonly jsCalls: readonly PostedCall[];
}

/** What the main thread posts to a worker. The first message says where they meet. */
export type Message =
  | { readonly words: Int32Array<SharedArrayBuffer>; readonly worker: number }
  | { readonly program: PostedProgram }
  | { readonly forget: number };
