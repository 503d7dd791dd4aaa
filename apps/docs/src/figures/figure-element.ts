import { drawSvg } from './draw-svg.ts';
import { drawTable } from './draw-parts.ts';
import { type Control, type Figure, startOf, type State } from './figure.ts';
import { figureNamed } from './index.ts';
import { type Point, short } from './scene.ts';

/** Interval between the frames of a playing figure under `prefers-reduced-motion`, in milliseconds. */
const reducedMotionInterval = 500;

/**
 * `<nn-figure name="…">`: an interactive figure. The page holds the picture, its description, its data table and its
 * controls as plain HTML. The code of the figure is loaded on the first interaction.
 */
export class FigureElement extends HTMLElement {
  #figure: Promise<Figure> | undefined;
  #state: State | undefined;
  #playing: HTMLButtonElement | undefined;

  connectedCallback(): void {
    // Load on hover or focus, so that the first change of a control is immediate.
    for (const event of ['pointerenter', 'focusin']) {
      this.addEventListener(event, () => void this.#load(), { once: true, passive: true });
    }
    this.addEventListener('input', (event) => void this.#change(event.target as HTMLElement));
    this.addEventListener('click', (event) => {
      const button = (event.target as HTMLElement).closest<HTMLButtonElement>('button[data-control]');
      if (button) void this.#press(button);
    });
    const picture = this.#part('picture');
    picture.addEventListener('keydown', (event) => this.#step(event));
    if (picture.classList.contains('draggable')) {
      picture.addEventListener('pointerdown', (event) => this.#startDrag(event));
    }
  }

  disconnectedCallback(): void {
    this.#stop();
  }

  #load(): Promise<Figure> {
    return (this.#figure ??= figureNamed(this.getAttribute('name') ?? '').then((figure) => {
      const attributes = Object.fromEntries([...this.attributes].map(({ name, value }) => [name, value]));
      this.#state ??= startOf(figure, attributes);
      return figure;
    }));
  }

  async #change(input: HTMLElement): Promise<void> {
    if (!(input instanceof HTMLInputElement || input instanceof HTMLSelectElement)) return;
    const figure = await this.#load();
    const control = figure.controls[Number(input.dataset['control'])];
    if (control?.kind !== 'slider' && control?.kind !== 'choice') return;
    const value = control.kind === 'slider' ? Number(input.value) : input.value;
    const state: State = { ...this.#state, [control.key]: value };
    this.#show(figure, figure.reconcile?.(state, control.key) ?? state);
  }

  async #press(button: HTMLButtonElement): Promise<void> {
    const figure = await this.#load();
    const control = figure.controls[Number(button.dataset['control'])];
    if (control?.kind === 'play') {
      if (this.#playing === button) this.#stop();
      else this.#play(figure, control, button);
    } else if (control?.kind === 'button') {
      this.#stop();
      this.#show(figure, control.act(this.#state!));
    }
  }

  #play(figure: Figure, control: Control<State> & { kind: 'play' }, button: HTMLButtonElement): void {
    this.#stop();
    this.#playing = button;
    button.setAttribute('aria-pressed', 'true');
    let shown = -Infinity;
    const pause = matchMedia('(prefers-reduced-motion: reduce)').matches ? reducedMotionInterval : 0;
    const frame = (now: number): void => {
      if (this.#playing !== button) return;
      if (now - shown >= pause) {
        shown = now;
        const next = control.next(this.#state!);
        if (next === undefined) return this.#stop();
        this.#show(figure, next);
      }
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  }

  #stop(): void {
    this.#playing?.setAttribute('aria-pressed', 'false');
    this.#playing = undefined;
    this.#part('description').setAttribute('aria-live', 'polite');
  }

  /** The arrow keys on the picture move its first slider. */
  #step(event: KeyboardEvent): void {
    const slider = this.querySelector<HTMLInputElement>('input[type="range"]');
    if (slider === null || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    if (event.key === 'ArrowRight') slider.stepUp();
    else slider.stepDown();
    void this.#change(slider);
  }

  #startDrag(event: PointerEvent): void {
    const picture = this.#part('picture');
    picture.setPointerCapture(event.pointerId);
    const drag = async ({ clientX, clientY }: PointerEvent): Promise<void> => {
      const figure = await this.#load();
      const svg = picture.querySelector('svg')!;
      const { left, top, width, height } = svg.getBoundingClientRect();
      const { width: across, height: down } = svg.viewBox.baseVal;
      const at: Point = [((clientX - left) / width) * across, ((clientY - top) / height) * down];
      this.#show(figure, figure.drag!(this.#state!, at));
    };
    const dragging = new AbortController();
    const { signal } = dragging;
    picture.addEventListener('pointermove', (move) => void drag(move), { signal });
    for (const end of ['pointerup', 'pointercancel']) picture.addEventListener(end, () => dragging.abort(), { signal });
    void drag(event);
  }

  /** Draws a state and updates the controls. */
  #show(figure: Figure, state: State): void {
    this.#state = state;
    const scene = figure.scene(state);
    // Screen readers do not announce every frame while the figure plays.
    this.#part('description').setAttribute('aria-live', this.#playing ? 'off' : 'polite');
    this.#part('picture').innerHTML = drawSvg(scene, figure.title);
    this.#part('description').textContent = scene.description;
    this.#part('table').innerHTML = drawTable(scene);
    for (const [at, control] of figure.controls.entries()) {
      if (control.kind !== 'slider' && control.kind !== 'choice') continue;
      const input = this.querySelector<HTMLInputElement>(`[data-control="${at}"]`)!;
      input.value = String(state[control.key]);
      if (control.kind === 'slider') input.nextElementSibling!.textContent = short(Number(input.value));
    }
  }

  #part(name: string): HTMLElement {
    return this.querySelector<HTMLElement>(`[data-part="${name}"]`)!;
  }
}
