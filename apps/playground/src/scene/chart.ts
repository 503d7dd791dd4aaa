/** The scales of a chart: data to pixel coordinates. */
export interface Chart {
  readonly toX: (epoch: number) => number;
  readonly toY: (value: number) => number;
  /** Positions of the grid lines, as values. */
  readonly ticks: readonly number[];
  readonly top: number;
}

/** Rounds up to the next round number. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10].find((each) => each * power >= value * (1 - 1e-9))!;
  return factor * power;
}

/**
 * A chart whose vertical axis starts at 0.
 *
 * @param max  the largest value; `top` overrides the upper end of the axis
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

/** The index of the epoch nearest to a given epoch. */
export function nearest(epochs: readonly number[], epoch: number): number {
  let best = 0;
  for (let at = 1; at < epochs.length; at++) {
    if (Math.abs(epochs[at]! - epoch) < Math.abs(epochs[best]! - epoch)) best = at;
  }
  return best;
}
