/** A colour by its role. The style sheet defines its value for light and dark mode. */
export type Tone = 'ink' | 'quiet' | 'faint' | 'first' | 'second' | 'third' | 'good' | 'bad' | 'ground';

/** A point of a scene: x to the right, y downwards. */
export type Point = readonly [x: number, y: number];

/** A graphical mark. */
export type Mark =
  | {
      readonly kind: 'path';
      readonly points: readonly Point[];
      readonly tone: Tone;
      readonly width?: number;
      readonly dashed?: boolean;
      readonly closed?: boolean;
      /** Opacity of the fill, 0 to 1. */
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

/** The data of a scene as a table, an alternative to the picture. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

/** A drawing as data: its marks, a text alternative and a data table. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
  /** The text alternative: the state and the results that the picture shows. */
  readonly description: string;
  readonly table: Table;
}

/** Formats a number for a figure: few digits, a true minus sign, no trailing zeros. */
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
