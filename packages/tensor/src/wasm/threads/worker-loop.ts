import { elementwiseOperations } from '../../operations/index.ts';
import { type JsFunction, jsFunctionOf } from '../js-calls.ts';
import * as protocol from './protocol.ts';
import type { Message, PostedCall, PostedProgram } from './protocol.ts';

/** Runs the rows `begin` … `end` − 1 of a loop. */
type Run = (begin: number, end: number) => void;

/** How many times a worker polls for work, some tenths of a millisecond, before it sleeps. */
const spinLimit = 10_000;

/** Returns the function that computes an operation in JavaScript; undefined if the worker does not know the operation. */
export type FunctionOfCall = (call: PostedCall) => JsFunction | undefined;

/** The loop of a worker: it runs rows of offered loops until a message arrives. */
export class WorkerLoop {
  readonly #functionOfCall: FunctionOfCall;
  readonly #programs = new Map<number, WebAssembly.Exports>();
  #words: Int32Array = new Int32Array(0);
  #worker = 0;
  /** The `sequence` that was seen last. */
  #seen = 0;

  constructor(functionOfCall: FunctionOfCall) {
    this.#functionOfCall = functionOfCall;
  }

  /** Handles a message, then runs rows until the next message is posted. */
  receive(message: Message): void {
    if ('words' in message) {
      this.#words = message.words;
      this.#worker = message.worker;
    } else if ('forget' in message) this.#programs.delete(message.forget);
    else this.#load(message.program);
    const posted = protocol.postedOf(this.#worker);
    const read = Atomics.add(this.#words, protocol.readOf(this.#worker), 1) + 1;
    for (let polls = 0; Atomics.load(this.#words, posted) === read;) {
      const now = Atomics.load(this.#words, protocol.sequence);
      if (now !== this.#seen) {
        this.#seen = now;
        this.#runRows();
        polls = 0;
      } else if (polls++ < spinLimit) protocol.pause();
      else Atomics.wait(this.#words, protocol.sequence, now);
    }
  }

  /** Instantiates a program. A program that calls an unknown operation is left to the main thread. */
  #load({ id, module, memory, jsCalls }: PostedProgram): void {
    const functions = jsCalls.map(this.#functionOfCall);
    if (functions.includes(undefined)) return;
    const callJs = (at: number, a: number, b: number, c: number): number => functions[at]!(a, b, c);
    const js = { memory, callJs, computeMatrix: stop, refuse: stop, share: stop };
    this.#programs.set(id, new WebAssembly.Instance(module, { js }).exports);
  }

  /** Takes and runs chunks of the offered loop, if there is one. */
  #runRows(): void {
    const shared = this.#words;
    const busy = protocol.busyOf(this.#worker);
    Atomics.store(shared, busy, 1);
    if (Atomics.load(shared, protocol.open) === 1 && this.#worker < shared[protocol.workerLimit]!) {
      const run = this.#programs.get(shared[protocol.program]!)?.[`share${shared[protocol.loop]}`] as Run | undefined;
      const [rows, chunk] = [shared[protocol.rows]!, shared[protocol.chunk]!];
      try {
        if (run)
          for (let begin = 0; (begin = Atomics.add(shared, protocol.next, chunk)) < rows;)
            run(begin, Math.min(begin + chunk, rows));
      } catch {
        Atomics.store(shared, protocol.failed, 1);
      }
    }
    Atomics.store(shared, busy, 0);
    Atomics.notify(shared, busy);
  }
}

/** Called for an error such as an index out of bounds. The main thread repeats the run alone and reports the error. */
function stop(): never {
  throw new RangeError('Rows cannot be computed.');
}

/** The function of an operation of this package; undefined for an operation defined elsewhere. */
export function functionOfCall({ operation, dtype }: PostedCall): JsFunction | undefined {
  const known = elementwiseOperations[operation];
  return known && jsFunctionOf({ operation: known, dtype });
}
