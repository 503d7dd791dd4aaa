import { WorkerLostError } from '../../errors.ts';
import * as protocol from './protocol.ts';
import type { Message, PostedProgram } from './protocol.ts';
import type { SharedLoop } from './shared-instance.ts';

/** A worker, of Node or of a browser. */
export interface Worker {
  postMessage(message: Message): void;
  terminate(): unknown;
}

/** Starts a worker, and calls `ended` when it has ended or failed. */
export type StartWorker = (ended: () => void) => Worker;

/** A program as the main thread holds it. */
export interface SharedProgram extends PostedProgram {
  /** The number of threads that may run it, including the main thread. */
  readonly threads: number;
  readonly loops: readonly SharedLoop[];
  /** Runs the rows `begin` … `end` − 1 of a shared loop. */
  run(loop: number, begin: number, end: number): void;
}

/** The number of programs that workers keep. A program that was dropped is posted again when it runs. */
const programLimit = 16;

/** How many times the main thread polls a busy worker, about 30 µs, before it sleeps. */
const spinLimit = 1000;

/** The longest single sleep, and the total wait after which a worker counts as lost, in milliseconds. */
const sleepTime = 10;
const lostAfter = 1000;

/**
 * A pool of workers that run rows of loops for the main thread. They start when a program first needs them, sleep while
 * there is no work, and do not keep the process alive. While they start, or after they have ended, the main thread runs
 * all rows itself.
 */
export class Pool {
  readonly #start: StartWorker;
  readonly #forget: FinalizationRegistry<number>;
  #group: WorkerGroup | undefined;
  #unavailable = false;

  constructor(start: StartWorker) {
    this.#start = start;
    this.#forget = new FinalizationRegistry((id) => this.#group?.forget(id));
  }

  /**
   * Runs a loop together with the workers that are ready.
   *
   * @throws Error when a thread throws an error in its rows
   * @throws WorkerLostError when a worker does not finish its rows; the next loop starts new workers
   */
  share(program: SharedProgram, loop: number): void {
    const group = this.prepare(program);
    if (!group) return program.run(loop, 0, program.loops[loop]!.rows);
    if (group.runProgram(program, loop)) return;
    this.#dismiss();
    throw new WorkerLostError(
      'wasm: a worker did not finish its part of the step within a second: it has ended or is stuck. ' +
        'Variables have the values from before the call. Call again to start new workers, or compile with one thread.',
    );
  }

  /** The number of workers that have started and read all messages posted to them. */
  get ready(): number {
    return this.#group?.countWorkers((read, posted) => read === posted) ?? 0;
  }

  /** Whether workers failed before they started, because their file is missing or not allowed. Then no more are started. */
  get unavailable(): boolean {
    return this.#unavailable;
  }

  /** Starts workers if necessary and posts the program to them. Undefined when workers are unavailable. */
  prepare(program: SharedProgram): WorkerGroup | undefined {
    if (this.#unavailable) return undefined;
    try {
      const group = (this.#group ??= this.#newGroup());
      if (group.prepare(program)) this.#forget.register(program, program.id);
      return group;
    } catch {
      this.#unavailable = true;
      this.#dismiss();
      return undefined;
    }
  }

  #newGroup(): WorkerGroup {
    const group: WorkerGroup = new WorkerGroup(this.#start, () => {
      if (this.#group !== group) return;
      this.#unavailable = group.countWorkers((read) => read > 0) === 0;
      this.#dismiss();
    });
    return group;
  }

  #dismiss(): void {
    this.#group?.dismiss();
    this.#group = undefined;
  }
}

/** Workers that share the words of one protocol. When one of them is lost, all are terminated. */
class WorkerGroup {
  readonly #words = protocol.newProtocol();
  readonly #workers: Worker[] = [];
  readonly #programs = new Set<number>();
  readonly #start: () => Worker;

  constructor(start: StartWorker, ended: () => void) {
    this.#start = () => start(ended);
  }

  /** Counts the workers for which a condition on their read and posted messages holds. */
  countWorkers(holds: (read: number, posted: number) => boolean): number {
    const load = (at: number): number => Atomics.load(this.#words, at);
    return this.#workers.filter((_, at) => holds(load(protocol.readOf(at)), load(protocol.postedOf(at)))).length;
  }

  /** Starts missing workers and posts the program if they do not have it. Returns whether it was posted. */
  prepare(program: SharedProgram): boolean {
    const { id, module, memory, jsCalls, threads } = program;
    while (this.#workers.length < threads - 1) {
      const at = this.#workers.push(this.#start()) - 1;
      this.#post({ words: this.#words, worker: at }, at);
      this.#programs.clear();
    }
    if (this.#programs.has(id)) return false;
    const [oldest] = this.#programs;
    if (this.#programs.size === programLimit) this.forget(oldest!);
    this.#programs.add(id);
    this.#post({ program: { id, module, memory, jsCalls } });
    return true;
  }

  forget(id: number): void {
    if (this.#programs.delete(id)) this.#post({ forget: id });
  }

  dismiss(): void {
    for (const worker of this.#workers) worker.terminate();
  }

  /** Posts to all workers from an index on. */
  #post(message: Message, from = 0): void {
    for (let at = from; at < this.#workers.length; at++) {
      Atomics.add(this.#words, protocol.postedOf(at), 1);
      this.#workers[at]!.postMessage(message);
    }
    this.#wake();
  }

  /** Wakes sleeping workers. */
  #wake(): void {
    Atomics.add(this.#words, protocol.sequence, 1);
    Atomics.notify(this.#words, protocol.sequence);
  }

  /** Runs a loop with the workers. Returns false when a worker was lost. */
  runProgram(program: SharedProgram, loop: number): boolean {
    const shared = this.#words;
    const { rows, chunk } = program.loops[loop]!;
    shared[protocol.program] = program.id;
    shared[protocol.loop] = loop;
    shared[protocol.rows] = rows;
    shared[protocol.chunk] = chunk;
    shared[protocol.workerLimit] = program.threads - 1;
    shared[protocol.failed] = 0;
    Atomics.store(shared, protocol.next, 0);
    Atomics.store(shared, protocol.open, 1);
    this.#wake();
    try {
      for (let begin = 0; (begin = Atomics.add(shared, protocol.next, chunk)) < rows;)
        program.run(loop, begin, Math.min(begin + chunk, rows));
    } catch {
      shared[protocol.failed] = 1;
    }
    Atomics.store(shared, protocol.open, 0);
    if (!this.#workers.every((_, at) => this.#isDone(at))) return false;
    if (Atomics.load(shared, protocol.failed) !== 0)
      throw new Error('wasm: a thread threw an error in its rows of a loop.');
    return true;
  }

  /** Waits until a worker has finished its rows. Returns false when it counts as lost. */
  #isDone(worker: number): boolean {
    const busy = protocol.busyOf(worker);
    // A sleep counts at most twice its length, so that the time in which the whole process is suspended does not count.
    let waited = 0;
    for (let polls = 0; Atomics.load(this.#words, busy) !== 0; polls++) {
      if (polls < spinLimit) protocol.pause();
      else if (waited >= lostAfter) return false;
      else {
        const start = performance.now();
        waitFor(this.#words, busy);
        waited += Math.min(performance.now() - start, 2 * sleepTime);
      }
    }
    return true;
  }
}

let canSleep = true;

/** Sleeps until a worker is done, at most for one sleep. The main thread of a page may not sleep: there it polls. */
function waitFor(shared: Int32Array, busy: number): void {
  if (canSleep) {
    try {
      Atomics.wait(shared, busy, 1, sleepTime);
      return;
    } catch {
      canSleep = false;
    }
  }
  for (let polls = 0; polls < spinLimit && Atomics.load(shared, busy) !== 0; polls++) protocol.pause();
}
