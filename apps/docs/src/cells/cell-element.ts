import type { Editor } from './editor.ts';
import type { Outcome, Runner } from './runner.ts';

// One worker for the cells of a page; its code comes with the first run.
let runner: Promise<Runner> | undefined;
const pageRunner = (): Promise<Runner> => (runner ??= import('./runner.ts').then(({ Runner }) => new Runner()));

/**
 * `<nn-cell>`: code that a reader may change and run, beside what it printed when it was recorded.
 *
 * The page holds all of it as plain HTML; this adds Run and the editor. Shift+Enter runs.
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

  /** The code as it now stands. */
  get source(): string {
    return this.#editor?.text ?? this.#recordedSource;
  }

  /** Runs this cell in the scope of those before it on the page, and shows what it prints. */
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
    // Cells before this one that had to run first show what they printed, too.
    if (outcome.kind === 'done') return begun.forEach((cell) => cell.#compare());
    if (outcome.kind === 'unloaded') return this.#say('bad', 'The worker that runs cells could not be loaded.');
    const where = upTo[outcome.cell]!;
    for (const cell of begun) if (cell !== where) cell.#compare();
    if (outcome.kind === 'stopped') where.#say('bad', 'Stopped: it ran for 2 seconds and had not ended.');
    else where.#say('bad', outcome.line === undefined ? outcome.message : `Line ${outcome.line}: ${outcome.message}`);
    if (where !== this) this.#say('bad', `Not run: cell ${outcome.cell + 1} before it did not end well.`);
  }

  #compare(): void {
    const changed = this.source !== this.#recordedSource;
    if (changed) return this.#say('plain', 'Your version prints:');
    if (this.#printed === this.#recordedOutput) {
      return this.#say(
        'good',
        this.#printed === '' ? 'Ran here, and prints nothing.' : 'Here, just now: the same, to the character.',
      );
    }
    this.#say('bad', 'Here it prints something else:');
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
