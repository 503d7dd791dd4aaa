import { scaleLinear } from 'd3-scale';
import { type Mark, type Point, short } from './scene.ts';

/** The position of a plot in its scene and the ranges of its axes. */
export interface PlotSettings {
  readonly at: Point;
  readonly size: Point;
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
  readonly xLabel?: string;
  readonly yLabel?: string;
  readonly ticks?: readonly [x: number, y: number];
}

type LineStyle = Pick<Mark & { kind: 'path' }, 'tone' | 'width' | 'dashed'>;

/** A plot: its axes and the mapping from data to scene coordinates. */
export interface Plot {
  readonly axes: readonly Mark[];
  place(x: number, y: number): Point;
  /** The x value at a point of the scene, clipped to the range of the axis. */
  xAt(place: Point): number;
  yAt(place: Point): number;
  /** A curve through some points, interrupted where it is outside the plot. */
  curve(xs: readonly number[], ys: readonly number[], style: LineStyle): readonly Mark[];
}

export function plot({ at, size, x, y, xLabel, yLabel, ticks = [6, 5] }: PlotSettings): Plot {
  const across = scaleLinear(x, [at[0], at[0] + size[0]]).clamp(true);
  const down = scaleLinear(y, [at[1] + size[1], at[1]]).clamp(true);
  const place = (px: number, py: number): Point => [across(px), down(py)];
  const [left, right, top, bottom] = [at[0], at[0] + size[0], at[1], at[1] + size[1]];
  const axes: Mark[] = [
    ...across.ticks(ticks[0]).flatMap((tick): Mark[] => [
      {
        kind: 'path',
        points: [
          [across(tick), top],
          [across(tick), bottom],
        ],
        tone: tick === 0 ? 'quiet' : 'faint',
        width: 1,
      },
      { kind: 'text', at: [across(tick), bottom + 17], text: short(tick), tone: 'quiet', size: 12, anchor: 'middle' },
    ]),
    ...down.ticks(ticks[1]).flatMap((tick): Mark[] => [
      {
        kind: 'path',
        points: [
          [left, down(tick)],
          [right, down(tick)],
        ],
        tone: tick === 0 ? 'quiet' : 'faint',
        width: 1,
      },
      { kind: 'text', at: [left - 7, down(tick) + 4], text: short(tick), tone: 'quiet', size: 12, anchor: 'end' },
    ]),
    ...(xLabel === undefined ? [] : [label(xLabel, [right, bottom + 33], 'end')]),
    ...(yLabel === undefined ? [] : [label(yLabel, [left - 7, top - 9], 'start')]),
  ];
  return {
    axes,
    place,
    xAt: ([px]) => across.invert(px),
    yAt: ([, py]) => down.invert(py),
    curve(xs, ys, style) {
      const runs: Point[][] = [[]];
      for (const [index, value] of ys.entries()) {
        if (within(xs[index]!, x) && within(value, y)) runs.at(-1)!.push(place(xs[index]!, value));
        else if (runs.at(-1)!.length > 0) runs.push([]);
      }
      return runs.filter((run) => run.length > 1).map((points) => ({ kind: 'path', points, ...style }));
    },
  };
}

const within = (value: number, [from, to]: readonly [number, number]): boolean => value >= from && value <= to;

const label = (text: string, at: Point, anchor: 'start' | 'end'): Mark => ({
  kind: 'text',
  at,
  text,
  tone: 'quiet',
  size: 12,
  anchor,
});

/** Evenly spaced numbers including both ends. */
export function spaced(from: number, to: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, at) => from + ((to - from) * at) / (count - 1));
}
