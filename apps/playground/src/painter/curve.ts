import type { Domain } from './domain.ts';
import type { Context } from './image.ts';
import { css, type Palette, type Rgb } from './palette.ts';

/** Draws a function of one input as a curve. Its values are equally spaced over the domain. */
export function drawCurve(
  context: Context,
  values: ArrayLike<number>,
  {
    domain,
    width,
    height,
    color,
    thickness,
  }: {
    readonly domain: Pick<Domain, 'y'>;
    readonly width: number;
    readonly height: number;
    readonly color: Rgb;
    readonly thickness: number;
  },
): void {
  const [low, high] = domain.y;
  context.beginPath();
  let drawing = false;
  for (let at = 0; at < values.length; at++) {
    const y = clamp(height - ((values[at]! - low) / (high - low)) * height, height);
    const x = ((at + 0.5) / values.length) * width;
    if (drawing) context.lineTo(x, y);
    else context.moveTo(x, y);
    // NaN interrupts the curve.
    drawing = !Number.isNaN(y);
  }
  context.strokeStyle = css(color);
  context.lineWidth = thickness;
  context.lineJoin = 'round';
  context.stroke();
}

/** Clips coordinates far outside the picture, because huge coordinates are slow to draw. */
function clamp(value: number, height: number): number {
  return Math.min(2 * height, Math.max(-height, value));
}

/** Draws the axis y = 0 if the domain contains it. */
export function drawAxis(
  context: Context,
  {
    domain,
    width,
    height,
    palette,
  }: { readonly domain: Pick<Domain, 'y'>; readonly width: number; readonly height: number; readonly palette: Palette },
): void {
  const [low, high] = domain.y;
  if (low > 0 || high < 0) return;
  const y = height + (low / (high - low)) * height;
  context.beginPath();
  context.moveTo(0, y);
  context.lineTo(width, y);
  context.strokeStyle = css(palette.faint);
  context.lineWidth = 1;
  context.stroke();
}
