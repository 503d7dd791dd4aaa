import type { Appearance } from '../protocol.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * The colours of the classes, from the palette of Okabe and Ito, which is safe for colour-blind readers. Each class also has its
 * own marker shape.
 *
 * @see Okabe, Ito, Color Universal Design (2008)
 */
const classColors: readonly Rgb[] = [
  [0, 114, 178],
  [213, 94, 0],
  [0, 158, 115],
  [204, 121, 167],
  [230, 159, 0],
  [86, 180, 233],
  [180, 168, 40],
  [120, 120, 120],
];

/** The colours of the classes on a light or a dark background. */
export function classColorsOf({ dark }: Pick<Appearance, 'dark'>): readonly Rgb[] {
  return dark ? classColors.map((color) => mixed(color, [255, 255, 255], 0.22)) : classColors;
}

/** The colours of a drawing in light or dark mode. */
export interface Palette {
  readonly classes: readonly Rgb[];
  readonly paper: Rgb;
  readonly ink: Rgb;
  readonly faint: Rgb;
  readonly negative: Rgb;
  readonly positive: Rgb;
  /** A diverging colour map from negative through 0 to positive: 256 packed colours. */
  readonly diverging: Uint32Array;
}

const light = { paper: [255, 255, 255], ink: [32, 33, 36], faint: [214, 216, 220] } as const;
const dark = { paper: [27, 29, 33], ink: [233, 234, 237], faint: [66, 70, 78] } as const;

/** The palette of an appearance. */
export function paletteOf(appearance: Appearance): Palette {
  const { paper, ink, faint } = appearance.dark ? dark : light;
  const negative: Rgb = appearance.dark ? [240, 150, 70] : [213, 94, 0];
  const positive: Rgb = appearance.dark ? [86, 180, 233] : [0, 114, 178];
  const diverging = new Uint32Array(256);
  for (let at = 0; at < 256; at++) {
    const value = (at - 127.5) / 127.5;
    diverging[at] = packed(mixed(paper, value < 0 ? negative : positive, Math.abs(value) * 0.9));
  }
  return { classes: classColorsOf(appearance), paper, ink, faint, negative, positive, diverging };
}

/** Interpolates two colours linearly. */
export function mixed(from: Rgb, to: Rgb, amount: number): Rgb {
  return [
    from[0] + (to[0] - from[0]) * amount,
    from[1] + (to[1] - from[1]) * amount,
    from[2] + (to[2] - from[2]) * amount,
  ];
}

/** Packs an opaque colour as in `ImageData`. */
export function packed([red, green, blue]: Rgb): number {
  return ((255 << 24) | (Math.round(blue) << 16) | (Math.round(green) << 8) | Math.round(red)) >>> 0;
}

export function css([red, green, blue]: Rgb, alpha = 1): string {
  return `rgb(${Math.round(red)} ${Math.round(green)} ${Math.round(blue)} / ${alpha})`;
}

/** The index of a value in a colour map of 256 colours: −scale is the first, scale the last. */
export function colorIndex(value: number, scale: number): number {
  const at = 127.5 + (value / scale) * 127.5;
  // NaN fails all comparisons and gets the neutral colour.
  return at > 255 ? 255 : at > 0 ? at | 0 : at <= 0 ? 0 : 127;
}
