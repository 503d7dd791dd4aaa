import { activationNamed } from './activations.ts';
import { figure } from './figure.ts';
import { plot, spaced } from './plot.ts';
import { type Mark, short } from './scene.ts';
import { valuesAndDerivatives } from './derivative.ts';

/** Ranges of y that show bounded functions in full. Other curves are clipped at the edge of the plot. */
const ranges: Readonly<Record<string, readonly [from: number, to: number]>> = {
  sigmoid: [-0.25, 1.25],
  tanh: [-1.25, 1.25],
};
const areaOf = (f: string) =>
  plot({ at: [50, 30], size: [540, 290], x: [-6, 6], y: ranges[f] ?? [-1.5, 3], xLabel: 'x', ticks: [12, 9] });
const xs = spaced(-6, 6, 241);

/** F9 and F12–F15: an activation, its derivative, and the tangent at a movable point. `f` is the name of the activation. */
export const activation = figure({
  title: 'Activation function and derivative',
  start: { f: 'sigmoid', x: 1 },
  controls: [{ kind: 'slider', key: 'x', label: 'x', min: -6, max: 6, step: 0.1 }],
  drag: (state, at) => ({ ...state, x: Math.round(areaOf(state.f).xAt(at) * 10) / 10 }),
  scene({ f, x }) {
    const area = areaOf(f);
    const { label, f: apply } = activationNamed(f);
    const { values, derivatives } = valuesAndDerivatives(apply, xs);
    const here = valuesAndDerivatives(apply, [x]);
    const [value, derivative] = [here.values[0]!, here.derivatives[0]!];
    // The tangent has the same length in plot units for every derivative.
    const reach = 1.4 / Math.hypot(1, derivative);
    const marks: Mark[] = [
      ...area.axes,
      ...area.curve(xs, derivatives, { tone: 'second', width: 2, dashed: true }),
      ...area.curve(xs, values, { tone: 'first', width: 3 }),
      { kind: 'path', points: [area.place(x, 0), area.place(x, value)], tone: 'quiet', width: 1, dashed: true },
      {
        kind: 'path',
        points: [area.place(x - reach, value - derivative * reach), area.place(x + reach, value + derivative * reach)],
        tone: 'third',
        width: 3,
      },
      { kind: 'circle', at: area.place(x, derivative), radius: 4.5, tone: 'second' },
      { kind: 'handle', at: area.place(x, value), tone: 'third' },
      { kind: 'text', at: [64, 52], text: `${label}: ${short(value)}`, tone: 'first', size: 15, bold: true },
      { kind: 'text', at: [64, 74], text: `derivative: ${short(derivative)}`, tone: 'second', size: 15, bold: true },
    ];
    const sample = valuesAndDerivatives(apply, spaced(-6, 6, 13));
    return {
      width: 620,
      height: 366,
      marks,
      description: `At x = ${short(x)}, ${label} is ${short(value)} and its derivative is ${short(derivative)}.`,
      table: {
        columns: ['x', label, 'derivative'],
        rows: spaced(-6, 6, 13).map((each, at) => [
          short(each),
          short(sample.values[at]!, 4),
          short(sample.derivatives[at]!, 4),
        ]),
      },
    };
  },
});
