import type { Point, Scene } from './scene.ts';

/** The state of a figure. Controls change it. */
export type State = Readonly<Record<string, unknown>>;

/** A control of a figure, for mouse, touch and keyboard. */
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
  /** Animates the figure frame by frame until it is stopped or `next` returns undefined. */
  | { readonly kind: 'play'; readonly label: string; next(state: S): S | undefined };

/** An interactive figure: a pure function from a state to a scene, and controls that change the state. */
export interface Figure<S extends State = State> {
  readonly title: string;
  readonly start: S;
  readonly controls: readonly Control<S>[];
  scene(state: S): Scene;
  /** The state after the pointer was dragged to a point of the scene. Only for figures with a draggable part. */
  drag?(state: S, at: Point): S;
  /** Makes a state consistent after a control has changed one entry. Example: a new start point resets the path. */
  reconcile?(state: S, changed: keyof S & string): S;
}

/** Type-checks a figure and erases the type of its state. */
export function figure<S extends State>(definition: Figure<S>): Figure {
  return definition as unknown as Figure;
}

/** The initial state of a figure, with the attributes of its tag: `f="tanh"` sets the entry `f`. */
export function startOf({ start }: Figure, attributes: Readonly<Record<string, string>>): State {
  const given = Object.entries(attributes).filter(([name]) => name in start);
  return {
    ...start,
    ...Object.fromEntries(given.map(([name, text]) => [name, typeof start[name] === 'number' ? Number(text) : text])),
  };
}
