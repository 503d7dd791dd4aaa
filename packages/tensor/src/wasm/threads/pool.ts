import { WorkerLostError } from '../../error.ts';
import type { Message, PostedProgram } from './message.ts';
import type { Share } from './shared-module.ts';
import * as words from './words.ts';

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
const nap = 10;
const limit = 1000;

/**
 * Workers that take rows of loops off the main thread. They are started when a program first asks for them, sleep
 * while there is nothing to do, and never keep a process alive. While they start, and in their place should they end,
 * the main thread does the work itself.
 */
export class Pool {
  readonly #start: StartWorker;
  readonly #forget: FinalizationRegistry<number>;
  #crew: Crew | undefined;
  #hopeless = false;

  constructor(start: StartWorker) {
    this.#start = start;
    this.#forget = new FinalizationRegistry((id) => this.#crew?.forget(id));
  }

  /**
   * Carries out a loop, together with the workers that have come so far.
   *
   * @throws Error when a thread meets an error; WorkerLostError when a worker does not finish what it has taken, so that
   *   others come for the next loop
   */
  share(program: Shareable, loop: number): void {
    const crew = this.meet(program);
    if (!crew) return program.run(loop, 0, program.shares[loop]!.rows);
    if (crew.carryOut(program, loop)) return;
    this.#dismiss();
    throw new WorkerLostError(
      'wasm: a worker took a part of the step and did not finish it within a second: it was ended, or is stuck. ' +
        'Variables are as they were before the call. Call again, with new workers; or compile with one thread.',
    );
  }

  /** How many workers have come, and know all that has been posted to them. */
  get ready(): number {
    return this.#crew?.reading((read, mail) => read === mail) ?? 0;
  }

  /** Did workers fail before they came? Then none will be tried again: their file is missing, or is not allowed. */
  get hopeless(): boolean {
    return this.#hopeless;
  }

  /** Sees to it that there are workers that know the program, or will soon. */
  meet(program: Shareable): Crew | undefined {
    if (this.#hopeless) return undefined;
    try {
      const crew = (this.#crew ??= this.#newCrew());
      if (crew.meet(program)) this.#forget.register(program, program.id);
      return crew;
    } catch {
      this.#hopeless = true;
      this.#dismiss();
      return undefined;
    }
  }

  #newCrew(): Crew {
    const crew: Crew = new Crew(this.#start, () => {
      if (this.#crew !== crew) return;
      this.#hopeless = crew.reading((read) => read > 0) === 0;
      this.#dismiss();
    });
    return crew;
  }

  #dismiss(): void {
    this.#crew?.dismiss();
    this.#crew = undefined;
  }
}

/** Workers that meet in one set of words. When one of them is lost, all go. */
class Crew {
  readonly #words = words.newWords();
  readonly #workers: Worker[] = [];
  readonly #known = new Set<number>();
  readonly #start: () => Worker;

  constructor(start: StartWorker, ended: () => void) {
    this.#start = () => start(ended);
  }

  /** For how many workers is this true of the messages that they have read, and that were posted to them? */
  reading(holds: (read: number, mail: number) => boolean): number {
    const load = (at: number): number => Atomics.load(this.#words, at);
    return this.#workers.filter((_, at) => holds(load(words.readOf(at)), load(words.mailOf(at)))).length;
  }

  /** Sees to it that there are workers, and that they know the program; true when it is new to them. */
  meet(program: Shareable): boolean {
    const { id, module, memory, laws, threads } = program;
    while (this.#workers.length < threads - 1) {
      const at = this.#workers.push(this.#start()) - 1;
      this.#post({ words: this.#words, worker: at }, at);
      this.#known.clear();
    }
    if (this.#known.has(id)) return false;
    const [oldest] = this.#known;
    if (this.#known.size === keptPrograms) this.forget(oldest!);
    this.#known.add(id);
    this.#post({ program: { id, module, memory, laws } });
    return true;
  }

  forget(id: number): void {
    if (this.#known.delete(id)) this.#post({ forget: id });
  }

  dismiss(): void {
    for (const worker of this.#workers) worker.terminate();
  }

  /** Posts to all workers from some place on. */
  #post(message: Message, from = 0): void {
    for (let at = from; at < this.#workers.length; at++) {
      Atomics.add(this.#words, words.mailOf(at), 1);
      this.#workers[at]!.postMessage(message);
    }
    this.#call();
  }

  /** Wakes the workers to what has changed. */
  #call(): void {
    Atomics.add(this.#words, words.turn, 1);
    Atomics.notify(this.#words, words.turn);
  }

  /** Is false when a worker has been lost on the way. */
  carryOut(program: Shareable, loop: number): boolean {
    const shared = this.#words;
    const { rows, portion } = program.shares[loop]!;
    shared[words.program] = program.id;
    shared[words.loop] = loop;
    shared[words.rows] = rows;
    shared[words.portion] = portion;
    shared[words.most] = program.threads - 1;
    shared[words.failed] = 0;
    Atomics.store(shared, words.next, 0);
    Atomics.store(shared, words.open, 1);
    this.#call();
    try {
      for (let begin = 0; (begin = Atomics.add(shared, words.next, portion)) < rows;)
        program.run(loop, begin, Math.min(begin + portion, rows));
    } catch {
      shared[words.failed] = 1;
    }
    Atomics.store(shared, words.open, 0);
    if (!this.#workers.every((_, at) => this.#isOutside(at))) return false;
    if (Atomics.load(shared, words.failed) !== 0) throw new Error('wasm: a thread met an error in its rows of a loop.');
    return true;
  }

  /** Waits until a worker has finished what it has taken; false when it does not. */
  #isOutside(worker: number): boolean {
    const inside = words.insideOf(worker);
    // Time in which this whole process stands still does not count: of each nap only its due.
    let waited = 0;
    for (let looks = 0; Atomics.load(this.#words, inside) !== 0; looks++) {
      if (looks < patience) words.pause();
      else if (waited >= limit) return false;
      else {
        const start = performance.now();
        rest(this.#words, inside);
        waited += Math.min(performance.now() - start, 2 * nap);
      }
    }
    return true;
  }
}

let mayLieDown = true;

/** Lies down until a worker is outside, for a nap at most; the main thread of a page may only look on. */
function rest(shared: Int32Array, inside: number): void {
  if (mayLieDown) {
    try {
      Atomics.wait(shared, inside, 1, nap);
      return;
    } catch {
      mayLieDown = false;
    }
  }
  for (let looks = 0; looks < patience && Atomics.load(shared, inside) !== 0; looks++) words.pause();
}
