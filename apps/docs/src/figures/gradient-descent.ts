import type { Tensor } from '@nn/tensor';
import { figure } from './figure.ts';
import { plot, spaced } from './plot.ts';
import { type Mark, short } from './scene.ts';
import { valuesAndDerivatives } from './derivative.ts';

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

/** Loss curves of one weight: convex, with many local minima, and with a flat region. */
const losses: Readonly<Record<string, { readonly label: string; readonly loss: (w: Tensor) => Tensor }>> = {
  convex: { label: 'One minimum', loss: (w) => w.sub(1).pow(2).mul(0.35) },
  minima: { label: 'Many minima', loss: (w) => w.sub(1).pow(2).mul(0.15).add(w.mul(3).sin().neg().add(1).mul(0.8)) },
  flat: { label: 'A flat region', loss: (w) => w.sub(2).pow(2).mul(-1.2).exp().neg().add(1).mul(3) },
};

const begin = { curve: 'convex', start: -3, rate: 0.5, path: [-3] as readonly number[] };
type Descent = typeof begin;

/** One step of gradient descent: w ← w − rate · ∂L/∂w. */
function step(state: Descent): Descent {
  const w = state.path.at(-1)!;
  const { derivatives } = valuesAndDerivatives(losses[state.curve]!.loss, [w]);
  return { ...state, path: [...state.path, w - state.rate * derivatives[0]!] };
}

/** Whether gradient descent has converged or diverged. */
const finished = ({ path }: Descent): boolean => {
  const [before, last] = [path.at(-2) ?? Number.NaN, path.at(-1)!];
  return path.length > 200 || Math.abs(last - before) < 1e-4 || Math.abs(last) > 1e3;
};

/** F22: gradient descent on three loss curves, with a chosen learning rate. */
export const gradientDescent = figure<Descent>({
  title: 'Gradient descent on a loss curve',
  start: begin,
  controls: [
    {
      kind: 'choice',
      key: 'curve',
      label: 'Loss curve',
      options: Object.entries(losses).map(([name, { label }]) => [name, label]),
    },
    { kind: 'slider', key: 'start', label: 'Start', min: -4, max: 4, step: 0.1 },
    { kind: 'slider', key: 'rate', label: 'Learning rate', min: 0.05, max: 3, step: 0.05 },
    { kind: 'button', label: 'One step', act: step },
    { kind: 'play', label: 'Run', next: (state) => (finished(state) ? undefined : step(state)) },
    { kind: 'button', label: 'Reset', act: (state) => ({ ...state, path: [state.start] }) },
  ],
  drag: (state, at) => {
    const start = Math.round(area.xAt(at) * 10) / 10;
    return { ...state, start, path: [start] };
  },
  reconcile: (state, changed) => (changed === 'rate' ? state : { ...state, path: [state.start] }),
  scene({ curve, rate, path }) {
    const { loss, label } = losses[curve]!;
    const { values } = valuesAndDerivatives(loss, xs);
    const trail = valuesAndDerivatives(loss, path);
    const w = path.at(-1)!;
    const [value, gradient] = [trail.values.at(-1)!, trail.derivatives.at(-1)!];
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
      description:
        `${label}. Step ${path.length - 1} with learning rate ${short(rate)}: weight ${short(w)}, loss ${short(value)}, ` +
        `gradient ${short(gradient)}${outside ? '; the weight is outside the plot' : ''}.`,
      table: {
        columns: ['step', 'weight', 'loss', 'gradient'],
        rows: path.slice(-20).map((each, at) => {
          const index = Math.max(0, path.length - 20) + at;
          return [index, short(each, 4), short(trail.values[index]!, 4), short(trail.derivatives[index]!, 4)];
        }),
      },
    };
  },
});
