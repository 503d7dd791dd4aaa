import type { LayerScene } from '../scene/network-scene.ts';
import type { Context } from './image.ts';
import { css, type Palette } from './palette.ts';

/** At most this many connections per layer are drawn, those with the largest weights. */
const maxConnections = 600;

/** Draws the connections into a layer. Thickness shows the magnitude of a weight, colour its sign. */
export function drawConnections(
  context: Context,
  weights: ArrayLike<number>,
  {
    from,
    to,
    palette,
    highlighted,
  }: {
    readonly from: LayerScene;
    readonly to: LayerScene;
    readonly palette: Palette;
    readonly highlighted: number | undefined;
  },
): void {
  let most = 0;
  for (let at = 0; at < weights.length; at++) most = Math.max(most, Math.abs(weights[at]!) || 0);
  const scale = Number.isFinite(most) && most > 0 ? most : 1;
  const neurons = to.neurons.length;
  for (const at of heaviest(weights)) {
    const [start, end] = [from.neurons[Math.floor(at / neurons)]!, to.neurons[at % neurons]!];
    const strength = Math.min(1, Math.abs(weights[at]!) / scale) || 0;
    const shown = highlighted === undefined ? 1 : highlighted === at % neurons ? 1.6 : 0.25;
    const [left, right] = [start.x + from.tile / 2, end.x - to.tile / 2];
    const bend = Math.max(12, (right - left) / 2);
    context.beginPath();
    context.moveTo(left, start.y);
    context.bezierCurveTo(left + bend, start.y, right - bend, end.y, right, end.y);
    context.strokeStyle = css(
      weights[at]! < 0 ? palette.negative : palette.positive,
      Math.min(1, (0.12 + 0.75 * strength) * shown),
    );
    context.lineWidth = 0.6 + 3 * strength;
    context.stroke();
  }
}

function heaviest(weights: ArrayLike<number>): readonly number[] {
  const all = Array.from({ length: weights.length }, (_, at) => at);
  if (all.length <= maxConnections) return all;
  return all.sort((one, other) => Math.abs(weights[other]!) - Math.abs(weights[one]!)).slice(0, maxConnections);
}
