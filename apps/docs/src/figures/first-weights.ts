import { glorotUniform, heNormal, type Initializer, randomNormal } from '@nn/layers';
import { randomState } from '@nn/tensor';
import { figure } from './figure.ts';
import { plot } from './plot.ts';
import { type Mark, short } from './scene.ts';

const initializers: Readonly<Record<string, { readonly label: string; readonly draw: Initializer }>> = {
  notebook: { label: 'randomNormal, std 0.01 (notebook)', draw: randomNormal(0.01) },
  heNormal: { label: 'heNormal', draw: heNormal },
  glorotUniform: { label: 'glorotUniform', draw: glorotUniform },
};
const bins = 120;

/** F6: a histogram of the initial weights of a layer. */
export const firstWeights = figure({
  title: 'Histogram of the initial weights of a layer',
  start: { kind: 'notebook', neurons: 64, inputs: 64, reach: 0.5 },
  controls: [
    {
      kind: 'choice',
      key: 'kind',
      label: 'Initializer',
      options: Object.entries(initializers).map(([name, { label }]) => [name, label]),
    },
    { kind: 'slider', key: 'inputs', label: 'Inputs', min: 2, max: 256, step: 2 },
    { kind: 'slider', key: 'neurons', label: 'Neurons', min: 2, max: 256, step: 2 },
  ],
  scene({ kind, neurons, inputs, reach }) {
    const { label, draw } = initializers[kind]!;
    const weights = draw([inputs, neurons], randomState(0), 'float32');
    const counts = Array.from({ length: bins }, () => 0);
    for (const weight of weights.data) {
      const bin = Math.floor(((weight + reach) / (2 * reach)) * bins);
      if (bin >= 0 && bin < bins) counts[bin]!++;
    }
    const fractions = counts.map((count) => count / weights.size);
    const area = plot({
      at: [50, 30],
      size: [540, 240],
      x: [-reach, reach],
      y: [0, Math.max(0.1, ...fractions)],
      xLabel: 'weight',
      yLabel: 'fraction of the weights',
      ticks: [10, 4],
    });
    const bars = fractions.map((fraction, at): Mark => {
      const [from, top] = area.place(-reach + (2 * reach * at) / bins, fraction);
      const [to, bottom] = area.place(-reach + (2 * reach * (at + 1)) / bins, 0);
      return { kind: 'rect', at: [from + 0.5, top], size: [to - from - 1, bottom - top], tone: 'first' };
    });
    const std = weights.std().item();
    return {
      width: 620,
      height: 310,
      marks: [
        ...area.axes,
        ...bars,
        { kind: 'text', at: [580, 50], text: `std ${short(std, 4)}`, size: 15, anchor: 'end', bold: true },
      ],
      description: `Initializer ${label}: ${weights.size} weights with standard deviation ${short(std, 4)}, minimum ${short(weights.min().item())}, maximum ${short(weights.max().item())}.`,
      table: {
        columns: ['from', 'to', 'weights'],
        rows: counts.flatMap((count, at) =>
          count === 0
            ? []
            : [[short(-reach + (2 * reach * at) / bins), short(-reach + (2 * reach * (at + 1)) / bins), count]],
        ),
      },
    };
  },
});
