import type { Point, Scene } from './scene.ts';

/** What a figure shows at a moment; its controls change it. */
export type State = Readonly<Record<string, unknown>>;

/** Something by which a reader changes a figure, by mouse, finger or keyboard. */
export type Control<S extends State> =
  | {
      readonly kind: 'slider';
      readonly key: keyof S & string;
      readonly label: string;
      readonly min: number;
      readonly max: number;
      readonly step: number;
    }
  | {
      readonly kind: 'choice';
      readonly key: keyof S & string;
      readonly label: string;
      readonly options: readonly (readonly [value: string, label: string])[];
    }
  | { readonly kind: 'button'; readonly label: string; act(state: S): S }
  /** Goes on by itself, a frame at a time, until it is stopped or there is nothing more: `next` gives undefined then. */
  | { readonly kind: 'play'; readonly label: string; next(state: S): S | undefined };

/** A picture that answers: a pure function from a state to a scene, and what changes the state. */
export interface Figure<S extends State = State> {
  readonly title: string;
  readonly start: S;
  readonly controls: readonly Control<S>[];
  scene(state: S): Scene;
  /** What follows from pointing at a place of the scene, for figures in which something can be dragged. */
  drag?(state: S, at: Point): S;
  /** Keeps a state whole after a control has changed one of its entries: undoes a run that began elsewhere, say. */
  settle?(state: S, changed: keyof S & string): S;
}

/** Checks a figure's parts against each other, and forgets its state's type. */
export function figure<S extends State>(definition: Figure<S>): Figure {
  return definition as unknown as Figure;
}

/** The start of a figure with the attributes of its tag in it: `f="tanh"` gives the entry f that text. */
export function startOf({ start }: Figure, attributes: Readonly<Record<string, string>>): State {
  const given = Object.entries(attributes).filter(([name]) => name in start);
  return {
    ...start,
    ...Object.fromEntries(given.map(([name, text]) => [name, typeof start[name] === 'number' ? Number(text) : text])),
  };
}
