/** How a curve's numbers become places in a box. */
export interface Chart {
  readonly toX: (epoch: number) => number;
  readonly toY: (value: number) => number;
  /** Where lines with a number stand. */
  readonly ticks: readonly number[];
  readonly top: number;
}

/** The least round number from a value on. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].find((each) => each * power >= value * (1 - 1e-9))!;
  return factor * power;
}

/**
 * A box for curves that start at 0.
 *
 * @param max  the largest value; with `top` the box ends there whatever the values are
 */
export function chartOf({
  width,
  height,
  from,
  to,
  max,
  top = roundUp(max),
}: {
  readonly width: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
  readonly max: number;
  readonly top?: number;
}): Chart {
  const span = to - from || 1;
  return {
    toX: (epoch) => ((epoch - from) / span) * width,
    toY: (value) => height - (Math.min(Math.max(value, 0), top) / top) * height,
    ticks: [0, top / 2, top],
    top,
  };
}

/** The report nearest to a place in the box: the index of it. */
export function nearest(epochs: readonly number[], epoch: number): number {
  let best = 0;
  for (let at = 1; at < epochs.length; at++) {
    if (Math.abs(epochs[at]! - epoch) < Math.abs(epochs[best]! - epoch)) best = at;
  }
  return best;
}
