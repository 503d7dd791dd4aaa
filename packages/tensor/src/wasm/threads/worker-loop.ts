import { elementwiseOperations } from '../../operations/elementwise.ts';
import { type JsFunction, jsFunctionOf } from '../js-calls.ts';
import * as protocol from './protocol.ts';
import type { Message, PostedCall, PostedProgram } from './protocol.ts';

/** Carries out rows of a loop. */
type Run = (begin: number, end: number) => void;

/** So many times a worker looks for work, some tenths of a millisecond, before it sleeps. */
const patience = 10_000;

/** The function that computes an operation in JavaScript; none where the worker does not know the operation. */
export type FunctionOfCall = (call: PostedCall) => JsFunction | undefined;

/** The side of a worker: takes in programs, and rows of their loops as long as there is no message to be read. */
export class WorkerLoop {
  readonly #functionOfCall: FunctionOfCall;
  readonly #programs = new Map<number, WebAssembly.Exports>();
  #words: Int32Array = new Int32Array(0);
  #worker = 0;
  /** The turn that was seen last. */
  #seen = 0;

  constructor(functionOfCall: FunctionOfCall) {
    this.#functionOfCall = functionOfCall;
  }

  /** Takes a message, then serves until the next one is on its way. */
  take(message: Message): void {
    if ('words' in message) {
      this.#words = message.words;
      this.#worker = message.worker;
    } else if ('forget' in message) this.#programs.delete(message.forget);
    else this.#learn(message.program);
    const mail = protocol.mailOf(this.#worker);
    const read = Atomics.add(this.#words, protocol.readOf(this.#worker), 1) + 1;
    for (let looks = 0; Atomics.load(this.#words, mail) === read;) {
      const now = Atomics.load(this.#words, protocol.turn);
      if (now !== this.#seen) {
        this.#seen = now;
        this.#help();
        looks = 0;
      } else if (looks++ < patience) protocol.pause();
      else Atomics.wait(this.#words, protocol.turn, now);
    }
  }

  /** Makes a program ready. One that calls an operation that is not known here is left to the main thread. */
  #learn({ id, module, memory, jsCalls }: PostedProgram): void {
    const known = jsCalls.map(this.#functionOfCall);
    if (known.includes(undefined)) return;
    const callJs = (at: number, a: number, b: number, c: number): number => known[at]!(a, b, c);
    const js = { memory, callJs, refuse: stop, share: stop };
    this.#programs.set(id, new WebAssembly.Instance(module, { js }).exports);
  }

  /** Takes rows of the loop that is on offer, if there is one. */
  #help(): void {
    const shared = this.#words;
    const inside = protocol.insideOf(this.#worker);
    Atomics.store(shared, inside, 1);
    if (Atomics.load(shared, protocol.open) === 1 && this.#worker < shared[protocol.most]!) {
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
    Atomics.store(shared, inside, 0);
    Atomics.notify(shared, inside);
  }
}

/** An index out of range: the main thread carries the run out again, and says so. */
function stop(): never {
  throw new RangeError('Rows cannot be carried out.');
}

/** The function of an operation of this package; none for an operation from elsewhere. */
export function functionOfCall({ operation, dtype }: PostedCall): JsFunction | undefined {
  const known = elementwiseOperations[operation];
  return known && jsFunctionOf({ operation: known, dtype });
}
