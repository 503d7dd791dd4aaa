import { stripTypes } from './strip-types.ts';

/** The globals and modules of cells. */
export interface CellEnvironment {
  readonly console: Pick<Console, 'log'>;
  /** The modules that cells can import, by name. Each is loaded on its first import. */
  readonly modules: Readonly<Record<string, () => Promise<unknown>>>;
}

/** Evaluates code in the scope of a cell that has run. */
type Evaluate = (code: string) => unknown;

interface CompletedCell {
  readonly source: string;
  readonly evaluate: Evaluate;
}

/**
 * The cells of one page, which run in order in one scope.
 *
 * Each cell is a function inside the scope of the cell before. It sees the names of that cell and can shadow them. Completed
 * cells are kept: running the third cell again does not run the first two again unless one of them has changed.
 */
export class PageScope {
  readonly #environment: CellEnvironment;
  #completed: readonly CompletedCell[] = [];
  #loaded: Record<string, unknown> = {};

  constructor(environment: CellEnvironment) {
    this.#environment = environment;
  }

  /**
   * Runs the last of some cells, after the earlier cells that have not run yet or have changed.
   *
   * @param sources  the code of the first cells of the page, in order
   * @param onBegin  called with the index of a cell when its imports are loaded and it begins
   * @throws whatever a cell throws; the cells before it are completed
   */
  async run(sources: readonly string[], onBegin: (cell: number) => void = () => {}): Promise<void> {
    const last = sources.length - 1;
    const kept = sources.findIndex((source, at) => at === last || this.#completed[at]?.source !== source);
    this.#completed = this.#completed.slice(0, kept);
    for (const source of sources.slice(kept)) {
      const { code, imports } = stripTypes(source);
      await Promise.all(imports.map((name) => this.#load(name)));
      onBegin(this.#completed.length);
      const evaluate = (await this.#outer()(cellFunction(code, this.#completed.length + 1))) as Evaluate;
      this.#completed = [...this.#completed, { source, evaluate }];
    }
  }

  #outer(): Evaluate {
    const { evaluate } = this.#completed.at(-1) ?? {};
    if (evaluate !== undefined) return evaluate;
    // The only place that needs 'unsafe-eval': it evaluates the reader's code, in a worker that runs nothing else.
    // oxlint-disable-next-line eslint/no-new-func, typescript/no-implied-eval
    const open = new Function('console', 'modules', '"use strict"; return (code) => eval(code);');
    return open(this.#environment.console, this.#loaded) as Evaluate;
  }

  async #load(name: string): Promise<void> {
    const load = Object.hasOwn(this.#environment.modules, name) ? this.#environment.modules[name] : undefined;
    if (load === undefined) {
      const known = Object.keys(this.#environment.modules).join(', ');
      throw new TypeError(`Cannot import '${name}' in a page: cells can import ${known}.`);
    }
    this.#loaded[name] = await load();
  }
}

// The first line of the cell is line 2 of this function. `errorLine` subtracts it.
const cellFunction = (code: string, number: number): string =>
  `(async () => {\n${code}\nreturn (code) => eval(code);\n})()\n//# sourceURL=cell-${number}`;

/** The line of a cell that threw an error, counted from 1; undefined if it was thrown elsewhere or the stack does not say. */
export function errorLine(error: unknown, cell: number): number | undefined {
  const [, name, line] = /\bcell-(\d+):(\d+)/.exec((error instanceof Error && error.stack) || '') ?? [];
  return Number(name) === cell ? Number(line) - 1 : undefined;
}
