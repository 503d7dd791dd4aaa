import type { Picture } from './image.ts';
import { type Palette, colorIndex } from './palette.ts';

/** The largest size among some numbers; 1 where there is none to scale by. */
export function maxAbs(values: Float32Array): number {
  let most = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > most && size < Infinity) most = size;
  }
  return most || 1;
}

/** Colours each place by its value: one colour below 0, another above, paper at 0. */
export function colorHeatmap(into: Picture, values: Float32Array, scale: number, { diverging }: Palette): void {
  for (let at = 0; at < into.pixels.length; at++) into.pixels[at] = diverging[colorIndex(values[at]!, scale)]!;
}
