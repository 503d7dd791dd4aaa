import type { Editor } from './editor.ts';
import type { Outcome, Runner } from './runner.ts';

// One worker runs all cells of a page. Its code is loaded on the first run.
let runner: Promise<Runner> | undefined;
const pageRunner = (): Promise<Runner> => (runner ??= import('./runner.ts').then(({ Runner }) => new Runner()));

/**
 * `<nn-cell>`: code that can be edited and run, beside its recorded output.
 *
 * The page holds code and output as plain HTML. This element adds Run and the editor. Shift+Enter runs.
 */
export class CellElement extends HTMLElement {
  #editor: Editor | undefined;
  #editorLoading = false;
  #live!: HTMLElement;
  #printed = '';

  connectedCallback(): void {
    this.#live = this.#part('live');
    const code = this.#part('code');
    code.tabIndex = 0;
    code.addEventListener('focus', () => void this.#edit());
    this.#part('run').addEventListener('click', () => void this.run());
    this.#part('restore').addEventListener('click', () => this.#restore());
    this.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !event.shiftKey) return;
      event.preventDefault();
      void this.run();
    });
  }

  /** The current code. */
  get source(): string {
    return this.#editor?.text ?? this.#recordedSource;
  }

  /** Runs this cell in the scope of the cells before it on the page, and shows its output. */
  async run(): Promise<void> {
    const cells = [...document.querySelectorAll<CellElement>('nn-cell')];
    const upTo = cells.slice(0, cells.indexOf(this) + 1);
    const begun: CellElement[] = [];
    this.toggleAttribute('running', true);
    try {
      const outcome = await (
        await pageRunner()
      ).run(
        upTo.map((cell) => cell.source),
        {
          begun(at) {
            begun.push(upTo[at]!);
            upTo[at]!.#begin();
          },
          printed: (at, text) => upTo[at]!.#print(text),
        },
      );
      this.#end(outcome, upTo, begun);
    } catch (error) {
      this.#say('bad', `The runner could not be loaded: ${String(error)}`);
    } finally {
      this.removeAttribute('running');
    }
  }

  get #recordedSource(): string {
    return [...this.querySelectorAll('.ec-line .code')].map((line) => line.textContent.replace(/\n$/, '')).join('\n');
  }

  get #recordedOutput(): string {
    return this.querySelector('[data-part="stored"] pre')?.textContent ?? '';
  }

  #part(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-part="${name}"]`)!;
  }

  #begin(): void {
    this.#printed = '';
    this.#live.hidden = true;
  }

  #print(text: string): void {
    this.#printed += this.#printed === '' ? text : `\n${text}`;
  }

  #end(outcome: Outcome, upTo: readonly CellElement[], begun: readonly CellElement[]): void {
    // Earlier cells that had to run first show their output too.
    if (outcome.kind === 'done') return begun.forEach((cell) => cell.#compare());
    if (outcome.kind === 'unloaded') return this.#say('bad', 'The worker that runs cells could not be loaded.');
    const where = upTo[outcome.cell]!;
    for (const cell of begun) if (cell !== where) cell.#compare();
    if (outcome.kind === 'stopped') where.#say('bad', 'Stopped: the cell ran for more than 2 seconds.');
    else where.#say('bad', outcome.line === undefined ? outcome.message : `Line ${outcome.line}: ${outcome.message}`);
    if (where !== this) this.#say('bad', `Not run: cell ${outcome.cell + 1}, which runs before it, failed.`);
  }

  #compare(): void {
    const changed = this.source !== this.#recordedSource;
    if (changed) return this.#say('plain', 'Output of your version:');
    if (this.#printed === this.#recordedOutput) {
      return this.#say(
        'good',
        this.#printed === '' ? 'Ran without output, as recorded.' : 'Output of this run, equal to the recorded output:',
      );
    }
    this.#say('bad', 'Output of this run, different from the recorded output:');
  }

  #say(tone: 'good' | 'bad' | 'plain', text: string): void {
    this.#live.hidden = false;
    this.#live.dataset['tone'] = tone;
    this.#live.querySelector('p')!.textContent = text;
    const output = this.#live.querySelector('pre')!;
    output.textContent = this.#printed;
    output.hidden = this.#printed === '';
  }

  async #edit(): Promise<void> {
    if (this.#editorLoading) return;
    this.#editorLoading = true;
    const code = this.#part('code');
    const { openEditor } = await import('./editor.ts');
    const host = document.createElement('div');
    const label = code.getAttribute('aria-label') ?? 'Code';
    this.#editor = openEditor(host.attachShadow({ mode: 'open' }), this.#recordedSource, label, {
      changed: () => (this.#part('restore').hidden = this.source === this.#recordedSource),
      left: () => this.#part('run').focus(),
    });
    const focused = document.activeElement === code;
    code.hidden = true;
    code.after(host);
    if (focused) this.#editor.focus();
  }

  #restore(): void {
    if (this.#editor !== undefined) this.#editor.text = this.#recordedSource;
    this.#live.hidden = true;
    this.#part('run').focus();
  }
}
