import { activations } from './activations.ts';
import { figure } from './figure.ts';
import { plot, spaced } from './plot.ts';
import { type Mark, short } from './scene.ts';
import { valuesAndDerivatives } from './derivative.ts';

const xs = spaced(-4, 4, 121);
const tile = { width: 200, height: 190 };
const all = Object.values(activations);

/** F7: six activations side by side, evaluated at the same x. */
export const gallery = figure({
  title: 'Six activation functions',
  start: { x: 1 },
  controls: [{ kind: 'slider', key: 'x', label: 'x', min: -4, max: 4, step: 0.1 }],
  scene({ x }) {
    const here = all.map(({ f }) => valuesAndDerivatives(f, [x]));
    const marks = all.flatMap(({ label, f }, at): readonly Mark[] => {
      const corner = [(at % 3) * (tile.width + 10), Math.floor(at / 3) * (tile.height + 20)] as const;
      const area = plot({
        at: [corner[0] + 28, corner[1] + 48],
        size: [tile.width - 40, tile.height - 74],
        x: [-4, 4],
        y: [-2, 4],
        ticks: [4, 4],
      });
      const { values, derivatives } = valuesAndDerivatives(f, xs);
      const value = here[at]!.values[0]!;
      return [
        ...area.axes,
        ...area.curve(xs, derivatives, { tone: 'second', width: 1.5, dashed: true }),
        ...area.curve(xs, values, { tone: 'first', width: 2.5 }),
        { kind: 'circle', at: area.place(x, value), radius: 5, tone: 'third' },
        { kind: 'text', at: [corner[0] + 28, corner[1] + 20], text: label, size: 15, bold: true },
        {
          kind: 'text',
          at: [corner[0] + 28, corner[1] + 37],
          text: `f = ${short(value)}, f′ = ${short(here[at]!.derivatives[0]!)}`,
          tone: 'quiet',
          size: 12,
        },
      ];
    });
    return {
      width: 3 * tile.width + 20,
      height: 2 * tile.height + 30,
      marks,
      description: `At x = ${short(x)}: ${all.map(({ label }, at) => `${label} is ${short(here[at]!.values[0]!)}`).join(', ')}. Solid lines are the functions, dashed lines their derivatives.`,
      table: {
        columns: ['activation', `f(${short(x)})`, `f′(${short(x)})`],
        rows: all.map(({ label }, at) => [label, short(here[at]!.values[0]!, 4), short(here[at]!.derivatives[0]!, 4)]),
      },
    };
  },
});
