import { activationNamed } from './activations.ts';
import { figure } from './figure.ts';
import { plot, spaced } from './plot.ts';
import { type Mark, short } from './scene.ts';
import { valuesAndSlopes } from './slope.ts';

/** Heights that show a bounded function in full; others are cut off where they leave. */
const heights: Readonly<Record<string, readonly [from: number, to: number]>> = {
  sigmoid: [-0.25, 1.25],
  tanh: [-1.25, 1.25],
};
const areaOf = (f: string) =>
  plot({ at: [50, 30], size: [540, 290], x: [-6, 6], y: heights[f] ?? [-1.5, 3], xLabel: 'x', ticks: [12, 9] });
const xs = spaced(-6, 6, 241);

/** F9 and F12–F15: a function, its slope, and the tangent at a point that can be moved. `f` names the activation. */
export const activation = figure({
  title: 'A function and its slope',
  start: { f: 'sigmoid', x: 1 },
  controls: [{ kind: 'slider', key: 'x', label: 'x', min: -6, max: 6, step: 0.1 }],
  drag: (state, at) => ({ ...state, x: Math.round(areaOf(state.f).xAt(at) * 10) / 10 }),
  scene({ f, x }) {
    const area = areaOf(f);
    const { label, f: apply } = activationNamed(f);
    const { values, slopes } = valuesAndSlopes(apply, xs);
    const here = valuesAndSlopes(apply, [x]);
    const [value, slope] = [here.values[0]!, here.slopes[0]!];
    // As long as the slope of 1 would be over two units of x, however steep it is.
    const reach = 1.4 / Math.hypot(1, slope);
    const marks: Mark[] = [
      ...area.axes,
      ...area.curve(xs, slopes, { tone: 'second', width: 2, dashed: true }),
      ...area.curve(xs, values, { tone: 'first', width: 3 }),
      { kind: 'path', points: [area.place(x, 0), area.place(x, value)], tone: 'quiet', width: 1, dashed: true },
      {
        kind: 'path',
        points: [area.place(x - reach, value - slope * reach), area.place(x + reach, value + slope * reach)],
        tone: 'third',
        width: 3,
      },
      { kind: 'circle', at: area.place(x, slope), radius: 4.5, tone: 'second' },
      { kind: 'handle', at: area.place(x, value), tone: 'third' },
      { kind: 'text', at: [64, 52], text: `${label}: ${short(value)}`, tone: 'first', size: 15, bold: true },
      { kind: 'text', at: [64, 74], text: `its slope: ${short(slope)}`, tone: 'second', size: 15, bold: true },
    ];
    const sample = valuesAndSlopes(apply, spaced(-6, 6, 13));
    return {
      width: 620,
      height: 366,
      marks,
      words: `At x = ${short(x)}, ${label} gives ${short(value)} and its slope is ${short(slope)}.`,
      table: {
        columns: ['x', label, 'slope'],
        rows: spaced(-6, 6, 13).map((each, at) => [
          short(each),
          short(sample.values[at]!, 4),
          short(sample.slopes[at]!, 4),
        ]),
      },
    };
  },
});
