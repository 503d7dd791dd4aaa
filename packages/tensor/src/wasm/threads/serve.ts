import type { Law } from '../scalar-laws.ts';
import type { Message, PostedProgram } from './message.ts';
import * as words from './words.ts';

/** Carries out rows of a loop. */
type Run = (begin: number, end: number) => void;

/** So many times a worker looks for work, some tenths of a millisecond, before it sleeps. */
const patience = 10_000;

/** What a law does, by the name of its operation and a dtype. */
export type LawOf = (name: string) => Law | undefined;

/** The side of a worker: takes in programs, and rows of their loops as long as there is no message to be read. */
export class Server {
  readonly #lawOf: LawOf;
  readonly #programs = new Map<number, WebAssembly.Exports>();
  #words: Int32Array = new Int32Array(0);
  #worker = 0;
  /** The turn that was seen last. */
  #seen = 0;

  constructor(lawOf: LawOf) {
    this.#lawOf = lawOf;
  }

  /** Takes a message, then serves until the next one is on its way. */
  take(message: Message): void {
    if ('words' in message) {
      this.#words = message.words;
      this.#worker = message.worker;
    } else if ('forget' in message) this.#programs.delete(message.forget);
    else this.#learn(message.program);
    const mail = words.mailOf(this.#worker);
    const read = Atomics.add(this.#words, words.readOf(this.#worker), 1) + 1;
    for (let looks = 0; Atomics.load(this.#words, mail) === read;) {
      const now = Atomics.load(this.#words, words.turn);
      if (now !== this.#seen) {
        this.#seen = now;
        this.#help();
        looks = 0;
      } else if (looks++ < patience) words.pause();
      else Atomics.wait(this.#words, words.turn, now);
    }
  }

  /** Makes a program ready. One with a law that is not known here is left to the main thread. */
  #learn({ id, module, memory, laws }: PostedProgram): void {
    const known = laws.map(this.#lawOf);
    if (known.includes(undefined)) return;
    const law = (at: number, a: number, b: number, c: number): number => known[at]!(a, b, c);
    const js = { memory, law, refuse: stop, share: stop };
    this.#programs.set(id, new WebAssembly.Instance(module, { js }).exports);
  }

  /** Takes rows of the loop that is on offer, if there is one. */
  #help(): void {
    const shared = this.#words;
    const inside = words.insideOf(this.#worker);
    Atomics.store(shared, inside, 1);
    if (Atomics.load(shared, words.open) === 1 && this.#worker < shared[words.most]!) {
      const run = this.#programs.get(shared[words.program]!)?.[`share${shared[words.loop]}`] as Run | undefined;
      const [rows, portion] = [shared[words.rows]!, shared[words.portion]!];
      try {
        if (run)
          for (let begin = 0; (begin = Atomics.add(shared, words.next, portion)) < rows;)
            run(begin, Math.min(begin + portion, rows));
      } catch {
        Atomics.store(shared, words.failed, 1);
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
