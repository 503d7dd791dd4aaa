import { figure } from './figure.ts';
import type { Mark, Scene } from './scene.ts';

const unit = 15;
const slider = (key: 'samples' | 'inputs' | 'neurons1' | 'neurons2', label: string) =>
  ({ kind: 'slider', key, label, min: 1, max: 6, step: 1 }) as const;

/** F4: the shapes in a forward pass through two layers. */
export const dataFlow = figure({
  title: 'Shapes in a forward pass through two layers',
  start: { samples: 3, inputs: 4, neurons1: 3, neurons2: 3 },
  controls: [
    slider('samples', 'Samples'),
    slider('inputs', 'Inputs'),
    slider('neurons1', 'Neurons, first layer'),
    slider('neurons2', 'Neurons, second layer'),
  ],
  scene({ samples, inputs, neurons1, neurons2 }): Scene {
    const parts = [
      { name: 'inputs', shape: [samples, inputs], tone: 'first' },
      { name: 'weights 1, transposed', shape: [inputs, neurons1], tone: 'second' },
      { name: 'outputs 1', shape: [samples, neurons1], tone: 'first' },
      { name: 'weights 2, transposed', shape: [neurons1, neurons2], tone: 'second' },
      { name: 'outputs 2', shape: [samples, neurons2], tone: 'first' },
    ] as const;
    const marks = parts.flatMap(({ name, shape: [rows, columns], tone }, at): readonly Mark[] => {
      const center = 65 + at * 122;
      const [width, height] = [columns * unit, rows * unit];
      return [
        ...Array.from({ length: rows * columns }, (_, index): Mark => ({
          kind: 'rect',
          at: [
            center - width / 2 + (index % columns) * unit + 1,
            85 - height / 2 + Math.floor(index / columns) * unit + 1,
          ],
          size: [unit - 2, unit - 2],
          tone,
          round: 2,
          fill: 0.55,
        })),
        { kind: 'text', at: [center, 162], text: `[${rows}, ${columns}]`, size: 16, anchor: 'middle', bold: true },
        { kind: 'text', at: [center, 183], text: name, tone: 'quiet', size: 12, anchor: 'middle' },
        ...(at === 0
          ? []
          : [
              {
                kind: 'text',
                at: [center - 61, 90],
                text: at % 2 === 1 ? '·' : '=',
                size: 20,
                anchor: 'middle',
              } as const,
            ]),
      ];
    });
    return {
      width: 620,
      height: 200,
      marks,
      description: `Inputs [${samples}, ${inputs}] become outputs [${samples}, ${neurons1}] of the first layer and [${samples}, ${neurons2}] of the second. The layers have ${inputs * neurons1 + neurons1 * neurons2} weights and ${neurons1 + neurons2} biases.`,
      table: {
        columns: ['tensor', 'rows', 'columns'],
        rows: parts.map(({ name, shape }) => [name, shape[0], shape[1]]),
      },
    };
  },
});
