import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Answer, Request } from './protocol.ts';
import { fromLine, toLine } from './wire.ts';

/** Who answers the coordinator's requests. */
export interface Player {
  readonly name: string;
  /**
   * @param within  milliseconds in which the answer must come
   * @throws Error with the reason, when it does not come, or the player has ended
   */
  ask(request: Request, within: number): Promise<Answer>;
  /** Ends it. */
  leave(): void;
}

/** A contestant in a process of its own, that reads requests and writes answers, line by line. */
export class ProcessPlayer implements Player {
  readonly name: string;
  readonly #process: ChildProcess;
  #complaints = '';
  #missing: string | undefined;
  #ended: string | undefined;
  /** What the request that is under way waits for. */
  #waiting: { readonly take: (answer: Answer) => void; readonly fail: (error: Error) => void } | undefined;

  constructor(name: string, [program, ...words]: readonly [string, ...string[]], environment: NodeJS.ProcessEnv) {
    this.name = name;
    const child = spawn(program, words, { env: environment, stdio: ['pipe', 'pipe', 'pipe'] });
    this.#process = child;
    child.on('error', (error) => {
      this.#missing = `${program} cannot be started: ${(error as NodeJS.ErrnoException).code}`;
      this.#waiting?.take({ answer: 'absent', reason: this.#missing });
    });
    child.on('close', (code, signal) => this.#end(`ended with ${signal ?? `code ${code}`}${this.#lastComplaint()}`));
    // Writing to a process that has just ended fails; that it ended is told by `close`.
    child.stdin.on('error', () => {});
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-10_000);
    });
    createInterface({ input: child.stdout }).on('line', (line) => this.#hear(line));
  }

  ask(request: Request, within: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#missing !== undefined) {
        resolve({ answer: 'absent', reason: this.#missing });
        return;
      }
      if (this.#ended !== undefined) {
        reject(new Error(this.#ended));
        return;
      }
      const timer = setTimeout(() => {
        this.leave();
        this.#end(`did not answer "${request.ask}" within ${within / 1000} s`);
      }, within);
      const settle = (): void => {
        clearTimeout(timer);
        this.#waiting = undefined;
      };
      this.#waiting = {
        take: (answer) => (settle(), resolve(answer)),
        fail: (error) => (settle(), reject(error)),
      };
      this.#process.stdin!.write(toLine(request));
    });
  }

  leave(): void {
    this.#process.kill('SIGKILL');
  }

  #hear(line: string): void {
    let answer: Answer;
    try {
      answer = fromLine(line) as Answer;
    } catch {
      this.#waiting?.fail(new Error(`answered with something that is no message: ${line.slice(0, 80)}`));
      return;
    }
    this.#waiting?.take(answer);
  }

  #end(reason: string): void {
    this.#ended ??= reason;
    this.#waiting?.fail(new Error(this.#ended));
  }

  /** The last line that says anything on its error stream. */
  #lastComplaint(): string {
    const last = this.#complaints.trim().split('\n').at(-1)!;
    return last === '' ? '' : `: ${last.trim()}`;
  }
}
