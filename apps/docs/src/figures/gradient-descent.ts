import type { Tensor } from '@nn/tensor';
import { figure } from './figure.ts';
import { plot, spaced } from './plot.ts';
import { type Mark, short } from './scene.ts';
import { valuesAndSlopes } from './slope.ts';

const area = plot({
  at: [50, 30],
  size: [540, 280],
  x: [-4, 4],
  y: [-0.5, 5],
  xLabel: 'weight',
  yLabel: 'loss',
  ticks: [8, 6],
});
const xs = spaced(-4, 4, 321);

/** Landscapes of a single weight: a bowl, waves over a bowl, and a plain that ends in a dip. */
const landscapes: Readonly<Record<string, { readonly label: string; readonly loss: (w: Tensor) => Tensor }>> = {
  bowl: { label: 'One minimum', loss: (w) => w.sub(1).pow(2).mul(0.35) },
  waves: { label: 'Many minima', loss: (w) => w.sub(1).pow(2).mul(0.15).add(w.mul(3).sin().neg().add(1).mul(0.8)) },
  plain: { label: 'A flat region', loss: (w) => w.sub(2).pow(2).mul(-1.2).exp().neg().add(1).mul(3) },
};

const begin = { landscape: 'bowl', start: -3, rate: 0.5, path: [-3] as readonly number[] };
type Descent = typeof begin;

/** One step against the slope: w ← w − rate · slope. */
function step(state: Descent): Descent {
  const w = state.path.at(-1)!;
  const { slopes } = valuesAndSlopes(landscapes[state.landscape]!.loss, [w]);
  return { ...state, path: [...state.path, w - state.rate * slopes[0]!] };
}

/** It has come to rest, or left the picture for good. */
const over = ({ path }: Descent): boolean => {
  const [before, last] = [path.at(-2) ?? Number.NaN, path.at(-1)!];
  return path.length > 200 || Math.abs(last - before) < 1e-4 || Math.abs(last) > 1e3;
};

/** F22: a ball that goes down the slope of three landscapes, at a rate that the reader chooses. */
export const gradientDescent = figure<Descent>({
  title: 'Gradient descent on a curve',
  start: begin,
  controls: [
    {
      kind: 'choice',
      key: 'landscape',
      label: 'Landscape',
      options: Object.entries(landscapes).map(([name, { label }]) => [name, label]),
    },
    { kind: 'slider', key: 'start', label: 'Start', min: -4, max: 4, step: 0.1 },
    { kind: 'slider', key: 'rate', label: 'Learning rate', min: 0.05, max: 3, step: 0.05 },
    { kind: 'button', label: 'One step', act: step },
    { kind: 'play', label: 'Descend', next: (state) => (over(state) ? undefined : step(state)) },
    { kind: 'button', label: 'Back to the start', act: (state) => ({ ...state, path: [state.start] }) },
  ],
  drag: (state, at) => {
    const start = Math.round(area.xAt(at) * 10) / 10;
    return { ...state, start, path: [start] };
  },
  settle: (state, changed) => (changed === 'rate' ? state : { ...state, path: [state.start] }),
  scene({ landscape, rate, path }) {
    const { loss, label } = landscapes[landscape]!;
    const { values } = valuesAndSlopes(loss, xs);
    const trail = valuesAndSlopes(loss, path);
    const w = path.at(-1)!;
    const [value, slope] = [trail.values.at(-1)!, trail.slopes.at(-1)!];
    const points = path.map((each, at) => area.place(each, trail.values[at]!));
    const marks: Mark[] = [
      ...area.axes,
      ...area.curve(xs, values, { tone: 'first', width: 3 }),
      { kind: 'path', points, tone: 'third', width: 1.5 },
      ...points.slice(0, -1).map((at): Mark => ({ kind: 'circle', at, radius: 3.5, tone: 'third' })),
      { kind: 'handle', at: points.at(-1)!, tone: 'third' },
    ];
    const outside = Math.abs(w) > 4;
    return {
      width: 620,
      height: 350,
      marks,
      words:
        `${label}. After ${path.length - 1} steps of rate ${short(rate)} the weight is ${short(w)}, the loss ${short(value)}, ` +
        `the slope ${short(slope)}${outside ? ': the weight has left the picture' : ''}.`,
      table: {
        columns: ['step', 'weight', 'loss', 'slope'],
        rows: path.slice(-20).map((each, at) => {
          const index = Math.max(0, path.length - 20) + at;
          return [index, short(each, 4), short(trail.values[index]!, 4), short(trail.slopes[index]!, 4)];
        }),
      },
    };
  },
});
