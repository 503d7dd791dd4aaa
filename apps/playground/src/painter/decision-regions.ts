import type { Picture } from './image.ts';
import { mixed, packed, type Palette } from './palette.ts';

/** Colours each pixel by its predicted class. Paler means a lower class probability. */
export function colorDecisionRegions(
  into: Picture,
  probabilities: Float32Array,
  classes: number,
  { paper, classes: colors }: Palette,
): void {
  for (let at = 0; at < into.pixels.length; at++) {
    let [best, label] = [-1, 0];
    for (let other = 0; other < classes; other++) {
      const probability = probabilities[at * classes + other]!;
      if (probability > best) [best, label] = [probability, other];
    }
    const sure = Math.max(0, (best - 1 / classes) / (1 - 1 / classes));
    into.pixels[at] = packed(mixed(paper, colors[label]!, 0.1 + 0.42 * sure));
  }
}
