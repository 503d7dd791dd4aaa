/** A colour by its meaning; the style sheet gives it a value in the light and in the dark. */
export type Tone = 'ink' | 'quiet' | 'faint' | 'first' | 'second' | 'third' | 'good' | 'bad' | 'ground';

/** A point of a drawing: x to the right, y downwards. */
export type Point = readonly [x: number, y: number];

/** Something that is drawn. */
export type Mark =
  | {
      readonly kind: 'path';
      readonly points: readonly Point[];
      readonly tone: Tone;
      readonly width?: number;
      readonly dashed?: boolean;
      readonly closed?: boolean;
      /** How much of the inside is filled, 0 to 1. */
      readonly fill?: number;
    }
  | { readonly kind: 'circle'; readonly at: Point; readonly radius: number; readonly tone: Tone; readonly fill?: Tone }
  | {
      readonly kind: 'rect';
      readonly at: Point;
      readonly size: Point;
      readonly tone: Tone;
      readonly round?: number;
      readonly fill?: number;
    }
  | {
      readonly kind: 'text';
      readonly at: Point;
      readonly text: string;
      readonly tone?: Tone;
      readonly size?: number;
      readonly anchor?: 'start' | 'middle' | 'end';
      readonly bold?: boolean;
    }
  | { readonly kind: 'handle'; readonly at: Point; readonly tone: Tone };

/** The numbers of a drawing, for those who want them or cannot see it. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A drawing as data: what is seen, what it says in words, and its numbers. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  /** What a reader who cannot see it has to know: the state, and what follows from it. */
  readonly words: string;
  readonly table: Table;
}

/** A number as a figure writes it: few digits, a true minus, no trailing zeros. */
export function short(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : value < 0 ? '−∞' : 'not a number';
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 10 ** -digits || size >= 1e6)
      ? value.toExponential(digits - 1).replace(/\.?0*e/, 'e')
      : value.toFixed(digits).replace(/\.?0+$/, (zeros) => (zeros.startsWith('.') ? '' : digits === 0 ? zeros : ''));
  const [, mantissa, exponent] = /^(.*)e(.*)$/.exec(text) ?? [];
  const factor = mantissa === '1' || mantissa === '-1' ? mantissa.slice(0, -1) : `${mantissa}·`;
  const plain = mantissa === undefined ? text : `${factor}10${superscript(Number(exponent))}`;
  return plain === '-0' ? '0' : plain.replaceAll('-', '−');
}

const superscript = (power: number): string =>
  String(power).replace(/[-\d]/g, (sign) => (sign === '-' ? '⁻' : '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(sign))));
