import { WorkerLostError } from '../../errors.ts';
import * as protocol from './protocol.ts';
import type { Message, PostedProgram } from './protocol.ts';
import type { Share } from './shared-instance.ts';

/** A worker, of Node or of a browser. */
export interface Worker {
  postMessage(message: Message): void;
  terminate(): unknown;
}

/** Starts a worker, and says when it has ended or failed. */
export type StartWorker = (ended: () => void) => Worker;

/** A program as the main thread knows it. */
export interface Shareable extends PostedProgram {
  /** How many threads may work on it, the main one among them. */
  readonly threads: number;
  /** The loops that threads share. */
  readonly shares: readonly Share[];
  /** Carries out the rows of such a loop from `begin` up to `end`. */
  run(loop: number, begin: number, end: number): void;
}

/** So many programs the workers keep; one that is needed again is posted again. */
const keptPrograms = 16;

/** So many times the main thread looks whether the others are done, about 30 µs, before it lies down. */
const patience = 1000;

/** So long, in milliseconds, it lies at a time; and so long in all before a worker counts as lost. */
const sleep = 10;
const limit = 1000;

/**
 * Workers that take rows of loops off the main thread. They are started when a program first asks for them, sleep
 * while there is nothing to do, and never keep a process alive. While they start, and in their buffer should they end,
 * the main thread does the work itself.
 */
export class Pool {
  readonly #start: StartWorker;
  readonly #forget: FinalizationRegistry<number>;
  #group: WorkerGroup | undefined;
  #hopeless = false;

  constructor(start: StartWorker) {
    this.#start = start;
    this.#forget = new FinalizationRegistry((id) => this.#group?.forget(id));
  }

  /**
   * Carries out a loop, together with the workers that have come so far.
   *
   * @throws Error when a thread meets an error; WorkerLostError when a worker does not epilogue what it has taken, so that
   *   others come for the next loop
   */
  share(program: Shareable, loop: number): void {
    const group = this.meet(program);
    if (!group) return program.run(loop, 0, program.shares[loop]!.rows);
    if (group.runProgram(program, loop)) return;
    this.#dismiss();
    throw new WorkerLostError(
      'wasm: a worker took a part of the step and did not epilogue it within a second: it was ended, or is stuck. ' +
        'Variables are as they were before the call. Call again, with new workers; or compile with one thread.',
    );
  }

  /** How many workers have come, and know all that has been posted to them. */
  get ready(): number {
    return this.#group?.reading((read, mail) => read === mail) ?? 0;
  }

  /** Did workers fail before they came? Then none will be tried again: their file is missing, or is not allowed. */
  get hopeless(): boolean {
    return this.#hopeless;
  }

  /** Sees to it that there are workers that know the program, or will soon. */
  meet(program: Shareable): WorkerGroup | undefined {
    if (this.#hopeless) return undefined;
    try {
      const group = (this.#group ??= this.#newGroup());
      if (group.meet(program)) this.#forget.register(program, program.id);
      return group;
    } catch {
      this.#hopeless = true;
      this.#dismiss();
      return undefined;
    }
  }

  #newGroup(): WorkerGroup {
    const group: WorkerGroup = new WorkerGroup(this.#start, () => {
      if (this.#group !== group) return;
      this.#hopeless = group.reading((read) => read > 0) === 0;
      this.#dismiss();
    });
    return group;
  }

  #dismiss(): void {
    this.#group?.dismiss();
    this.#group = undefined;
  }
}

/** Workers that meet in one set of words. When one of them is lost, all go. */
class WorkerGroup {
  readonly #words = protocol.newProtocol();
  readonly #workers: Worker[] = [];
  readonly #known = new Set<number>();
  readonly #start: () => Worker;

  constructor(start: StartWorker, ended: () => void) {
    this.#start = () => start(ended);
  }

  /** For how many workers is this true of the messages that they have read, and that were posted to them? */
  reading(holds: (read: number, mail: number) => boolean): number {
    const load = (at: number): number => Atomics.load(this.#words, at);
    return this.#workers.filter((_, at) => holds(load(protocol.readOf(at)), load(protocol.mailOf(at)))).length;
  }

  /** Sees to it that there are workers, and that they know the program; true when it is new to them. */
  meet(program: Shareable): boolean {
    const { id, module, memory, jsCalls, threads } = program;
    while (this.#workers.length < threads - 1) {
      const at = this.#workers.push(this.#start()) - 1;
      this.#post({ words: this.#words, worker: at }, at);
      this.#known.clear();
    }
    if (this.#known.has(id)) return false;
    const [oldest] = this.#known;
    if (this.#known.size === keptPrograms) this.forget(oldest!);
    this.#known.add(id);
    this.#post({ program: { id, module, memory, jsCalls } });
    return true;
  }

  forget(id: number): void {
    if (this.#known.delete(id)) this.#post({ forget: id });
  }

  dismiss(): void {
    for (const worker of this.#workers) worker.terminate();
  }

  /** Posts to all workers from some buffer on. */
  #post(message: Message, from = 0): void {
    for (let at = from; at < this.#workers.length; at++) {
      Atomics.add(this.#words, protocol.mailOf(at), 1);
      this.#workers[at]!.postMessage(message);
    }
    this.#call();
  }

  /** Wakes the workers to what has changed. */
  #call(): void {
    Atomics.add(this.#words, protocol.turn, 1);
    Atomics.notify(this.#words, protocol.turn);
  }

  /** Is false when a worker has been lost on the way. */
  runProgram(program: Shareable, loop: number): boolean {
    const shared = this.#words;
    const { rows, chunk } = program.shares[loop]!;
    shared[protocol.program] = program.id;
    shared[protocol.loop] = loop;
    shared[protocol.rows] = rows;
    shared[protocol.chunk] = chunk;
    shared[protocol.most] = program.threads - 1;
    shared[protocol.failed] = 0;
    Atomics.store(shared, protocol.next, 0);
    Atomics.store(shared, protocol.open, 1);
    this.#call();
    try {
      for (let begin = 0; (begin = Atomics.add(shared, protocol.next, chunk)) < rows;)
        program.run(loop, begin, Math.min(begin + chunk, rows));
    } catch {
      shared[protocol.failed] = 1;
    }
    Atomics.store(shared, protocol.open, 0);
    if (!this.#workers.every((_, at) => this.#isOutside(at))) return false;
    if (Atomics.load(shared, protocol.failed) !== 0)
      throw new Error('wasm: a thread met an error in its rows of a loop.');
    return true;
  }

  /** Waits until a worker has finished what it has taken; false when it does not. */
  #isOutside(worker: number): boolean {
    const inside = protocol.insideOf(worker);
    // Time in which this whole process stands still does not count: of each sleep only its due.
    let waited = 0;
    for (let looks = 0; Atomics.load(this.#words, inside) !== 0; looks++) {
      if (looks < patience) protocol.pause();
      else if (waited >= limit) return false;
      else {
        const start = performance.now();
        rest(this.#words, inside);
        waited += Math.min(performance.now() - start, 2 * sleep);
      }
    }
    return true;
  }
}

let mayLieDown = true;

/** Lies down until a worker is outside, for a sleep at most; the main thread of a page may only look on. */
function rest(shared: Int32Array, inside: number): void {
  if (mayLieDown) {
    try {
      Atomics.wait(shared, inside, 1, sleep);
      return;
    } catch {
      mayLieDown = false;
    }
  }
  for (let looks = 0; looks < patience && Atomics.load(shared, inside) !== 0; looks++) protocol.pause();
}
