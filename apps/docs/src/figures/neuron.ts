import { tensor } from '@nn/tensor';
import { figure } from './figure.ts';
import { type Mark, type Point, short } from './scene.ts';

const slider = (key: 'x1' | 'x2' | 'x3' | 'w1' | 'w2' | 'w3' | 'b', label: string) =>
  ({ kind: 'slider', key, label, min: -3, max: 3, step: 0.1 }) as const;

const places: readonly Point[] = [
  [70, 60],
  [70, 160],
  [70, 260],
];
const body: Point = [360, 160];

/** F1: one neuron with three inputs, three weights and a bias. */
export const neuron = figure({
  title: 'A neuron with three inputs',
  start: { x1: 1, x2: 2, x3: -1, w1: 0.5, w2: -1, w3: 1.5, b: 2 },
  controls: [
    slider('x1', 'x₁'),
    slider('x2', 'x₂'),
    slider('x3', 'x₃'),
    slider('w1', 'w₁'),
    slider('w2', 'w₂'),
    slider('w3', 'w₃'),
    slider('b', 'b'),
  ],
  scene({ x1, x2, x3, w1, w2, w3, b }) {
    const [inputs, weights] = [
      [x1, x2, x3],
      [w1, w2, w3],
    ];
    const dot = tensor(inputs, { dtype: 'float64' })
      .dot(tensor(weights, { dtype: 'float64' }))
      .item();
    const output = dot + b;
    const connections = places.flatMap((from, at): readonly Mark[] => {
      const weight = weights[at]!;
      const middle: Point = [from[0] + 0.42 * (body[0] - from[0]), from[1] + 0.42 * (body[1] - from[1])];
      return [
        { kind: 'path', points: [from, body], tone: weight < 0 ? 'second' : 'first', width: 1 + 3 * Math.abs(weight) },
        { kind: 'circle', at: from, radius: 30, tone: 'ink', fill: 'ground' },
        { kind: 'text', at: [from[0], from[1] - 3], text: `x${'₁₂₃'[at]}`, tone: 'quiet', size: 12, anchor: 'middle' },
        { kind: 'text', at: [from[0], from[1] + 15], text: short(inputs[at]!), size: 16, anchor: 'middle', bold: true },
        { kind: 'rect', at: [middle[0] - 42, middle[1] - 13], size: [84, 26], tone: 'ground', round: 13 },
        {
          kind: 'text',
          at: [middle[0], middle[1] + 5],
          text: `w${'₁₂₃'[at]} = ${short(weight)}`,
          size: 13,
          anchor: 'middle',
        },
      ];
    });
    const sum = inputs.map((x, at) => `${short(weights[at]!)}·${bracketed(x)}`).join(' + ');
    return {
      width: 620,
      height: 340,
      marks: [
        ...connections,
        { kind: 'path', points: [body, [560, 160]], tone: 'ink', width: 2 },
        { kind: 'circle', at: body, radius: 52, tone: 'ink', fill: 'ground' },
        { kind: 'text', at: [360, 152], text: 'w · x + b', tone: 'quiet', size: 13, anchor: 'middle' },
        { kind: 'text', at: [360, 176], text: `${short(dot)} + ${bracketed(b)}`, size: 15, anchor: 'middle' },
        { kind: 'text', at: [500, 148], text: 'output', tone: 'quiet', size: 13, anchor: 'middle' },
        { kind: 'text', at: [585, 167], text: short(output), size: 21, anchor: 'middle', bold: true },
        {
          kind: 'text',
          at: [310, 325],
          text: `${sum} + ${bracketed(b)} = ${short(output)}`,
          size: 15,
          anchor: 'middle',
        },
      ],
      description: `The dot product of inputs and weights is ${short(dot)}. With the bias ${short(b)} the output is ${short(output)}.`,
      table: {
        columns: ['i', 'xᵢ', 'wᵢ', 'wᵢ · xᵢ'],
        rows: [
          ...inputs.map((x, at) => [at + 1, short(x), short(weights[at]!), short(x * weights[at]!)]),
          ['b', '', '', short(b)],
          ['sum', '', '', short(output)],
        ],
      },
    };
  },
});

/** A number as a term of a sum; negative numbers in brackets. */
const bracketed = (value: number): string => (value < 0 ? `(${short(value)})` : short(value));
