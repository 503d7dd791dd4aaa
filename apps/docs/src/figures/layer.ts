import { tensor } from '@nn/tensor';
import { figure } from './figure.ts';
import { type Mark, type Point, short } from './scene.ts';

const x = [1, 2, 3, 4];
const weights = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
];
const biases = [2, 3, 4];
const inputs = x.map((_, at): Point => [80, 45 + at * 72]);
const neurons = biases.map((_, at): Point => [370, 72 + at * 81]);

/** F2: three neurons that share their inputs. One of them is highlighted. */
export const layer = figure({
  title: 'Three neurons with the same four inputs',
  start: { neuron: 1 },
  controls: [{ kind: 'slider', key: 'neuron', label: 'Neuron', min: 1, max: 3, step: 1 }],
  scene({ neuron }) {
    const picked = neuron - 1;
    const outputs = [...tensor(weights).dot(tensor(x)).add(tensor(biases)).data];
    const row = weights[picked]!;
    const sum = `${row.map((w, at) => `${w}·${x[at]}`).join(' + ')} + ${biases[picked]} = ${outputs[picked]}`;
    const connections = neurons.flatMap((to, at) =>
      inputs.map((from): Mark => ({
        kind: 'path',
        points: [from, to],
        tone: at === picked ? 'first' : 'faint',
        width: at === picked ? 3 : 1.5,
      })),
    );
    const labels = inputs.map((from, at): Mark => {
      const to = neurons[picked]!;
      const along = 0.3;
      return {
        kind: 'text',
        at: [from[0] + along * (to[0] - from[0]), from[1] + along * (to[1] - from[1]) - 6],
        text: String(row[at]),
        tone: 'first',
        size: 14,
        anchor: 'middle',
        bold: true,
      };
    });
    return {
      width: 620,
      height: 350,
      marks: [
        ...connections.filter(({ kind, tone }) => kind === 'path' && tone === 'faint'),
        ...connections.filter(({ kind, tone }) => kind === 'path' && tone === 'first'),
        ...labels,
        ...inputs.flatMap((at, index): readonly Mark[] => [
          { kind: 'circle', at, radius: 24, tone: 'ink', fill: 'ground' },
          { kind: 'text', at: [at[0], at[1] + 6], text: String(x[index]), size: 16, anchor: 'middle', bold: true },
        ]),
        ...neurons.flatMap((at, index): readonly Mark[] => [
          { kind: 'circle', at, radius: 31, tone: index === picked ? 'first' : 'ink', fill: 'ground' },
          { kind: 'text', at: [at[0], at[1] + 5], text: `+ ${biases[index]}`, size: 14, anchor: 'middle' },
          {
            kind: 'path',
            points: [
              [at[0] + 31, at[1]],
              [500, at[1]],
            ],
            tone: index === picked ? 'first' : 'faint',
            width: 2,
          },
          { kind: 'text', at: [520, at[1] + 7], text: short(outputs[index]!), size: 20, bold: index === picked },
        ]),
        { kind: 'text', at: [310, 338], text: sum, size: 16, anchor: 'middle' },
      ],
      description: `Neuron ${neuron} has the weights ${row.join(', ')} and the bias ${biases[picked]}: ${sum}.`,
      table: {
        columns: ['neuron', 'weights', 'bias', 'output'],
        rows: weights.map((each, at) => [at + 1, each.join(', '), biases[at]!, short(outputs[at]!)]),
      },
    };
  },
});
