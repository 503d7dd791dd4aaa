import type { Picture } from './image.ts';
import { type Palette, colorIndex } from './palette.ts';

/** The largest finite absolute value; 1 if all are 0. */
export function maxAbs(values: Float32Array): number {
  let most = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > most && size < Infinity) most = size;
  }
  return most || 1;
}

/** Colours each pixel by its value with the diverging colour map. */
export function colorHeatmap(into: Picture, values: Float32Array, scale: number, { diverging }: Palette): void {
  for (let at = 0; at < into.pixels.length; at++) into.pixels[at] = diverging[colorIndex(values[at]!, scale)]!;
}
