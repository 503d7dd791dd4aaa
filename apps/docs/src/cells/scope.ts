import { stripTypes } from './strip-types.ts';

/** What cells find around them. */
export interface Surroundings {
  readonly console: Pick<Console, 'log'>;
  /** The modules that may be imported, by name, each loaded when a cell first asks for it. */
  readonly modules: Readonly<Record<string, () => Promise<unknown>>>;
}

/** Evaluates code in the scope of a cell that has run. */
type Evaluate = (code: string) => unknown;

interface Ran {
  readonly source: string;
  readonly evaluate: Evaluate;
}

/**
 * The cells of one page, run in order in one scope.
 *
 * Each cell is a function inside the scope of the one before: it sees its names and may use them for others. What ran is
 * kept, so that running the third cell again does not run the first two again, unless one of them has changed.
 */
export class PageScope {
  readonly #surroundings: Surroundings;
  #ran: readonly Ran[] = [];
  #loaded: Record<string, unknown> = {};

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /**
   * Runs the last of some cells, and of those before it what has not run yet as it is now written.
   *
   * @param sources    the text of the page's first cells, in order
   * @param beginning  called when everything is loaded and a cell begins, with its place
   * @throws whatever a cell throws; those before it have then run
   */
  async run(sources: readonly string[], beginning: (cell: number) => void = () => {}): Promise<void> {
    const last = sources.length - 1;
    const kept = sources.findIndex((source, at) => at === last || this.#ran[at]?.source !== source);
    this.#ran = this.#ran.slice(0, kept);
    for (const source of sources.slice(kept)) {
      const { code, imports } = stripTypes(source);
      await Promise.all(imports.map((name) => this.#load(name)));
      beginning(this.#ran.length);
      const evaluate = (await this.#outer()(cellFunction(code, this.#ran.length + 1))) as Evaluate;
      this.#ran = [...this.#ran, { source, evaluate }];
    }
  }

  #outer(): Evaluate {
    const { evaluate } = this.#ran.at(-1) ?? {};
    if (evaluate !== undefined) return evaluate;
    // The one place that needs 'unsafe-eval': a reader's text becomes code, in a worker that holds nothing else.
    // oxlint-disable-next-line eslint/no-new-func, typescript/no-implied-eval
    const open = new Function('console', 'modules', '"use strict"; return (code) => eval(code);');
    return open(this.#surroundings.console, this.#loaded) as Evaluate;
  }

  async #load(name: string): Promise<void> {
    const load = Object.hasOwn(this.#surroundings.modules, name) ? this.#surroundings.modules[name] : undefined;
    if (load === undefined) {
      const known = Object.keys(this.#surroundings.modules).join(', ');
      throw new TypeError(`Cannot import '${name}' in a page: cells can import ${known}.`);
    }
    this.#loaded[name] = await load();
  }
}

// The first line of the cell is the second of the code; the error's place is told from that.
const cellFunction = (code: string, number: number): string =>
  `(async () => {\n${code}\nreturn (code) => eval(code);\n})()\n//# sourceURL=cell-${number}`;

/** The line of a cell at which an error arose, from 1; undefined where it arose elsewhere, or the engine does not say. */
export function errorLine(error: unknown, cell: number): number | undefined {
  const [, name, line] = /\bcell-(\d+):(\d+)/.exec((error instanceof Error && error.stack) || '') ?? [];
  return Number(name) === cell ? Number(line) - 1 : undefined;
}
