import { meanSquaredError } from '@nn/losses';
import { gradients, randomState, type Tensor, tensor, watch } from '@nn/tensor';
import { figure } from './figure.ts';
import { plot } from './plot.ts';
import { type Mark, type Point, short } from './scene.ts';

const area = plot({ at: [40, 24], size: [400, 400], x: [-2.5, 2.5], y: [-2.5, 2.5], xLabel: 'w₁', yLabel: 'w₂' });
const minimum: Point = [-1.2, 1.2];
const start: Point = [1.4, -1.6];
const samples = 64;

/** Inputs between 0.2 and 1.8, and the same inputs minus their mean. */
const drawn: Tensor = randomState(0).uniform([samples, 2], { low: 0.2, high: 1.8, dtype: 'float64' });
const inputs: Readonly<Record<string, { readonly label: string; readonly x: Tensor }>> = {
  positive: { label: 'All inputs positive', x: drawn },
  centred: { label: 'Inputs centred', x: drawn.sub(drawn.mean(0)) },
};
const best = tensor([...minimum], { dtype: 'float64' });

const begin = { inputs: 'positive', rate: 0.14, steps: 40 };

/** The path of the weights under stochastic gradient descent with batch size 1 and squared error. */
function descend({ inputs: kind, rate, steps }: typeof begin): readonly Point[] {
  const { x } = inputs[kind]!;
  const path: Point[] = [start];
  for (let step = 0; step < steps; step++) {
    const w = watch(tensor([...path.at(-1)!], { dtype: 'float64' }));
    const row = x.slice(step % samples) as Tensor;
    const gradient = gradients(meanSquaredError(row.dot(w), row.dot(best)), w);
    path.push([...w.sub(gradient.mul(rate)).data] as unknown as Point);
  }
  return path;
}

/** A contour line of the loss over all samples, an ellipse: ½ (w − minimum)ᵀ H (w − minimum) = level. */
function contour(x: Tensor, level: number): readonly Point[] {
  const [[a, b], [, d]] = x.T.dot(x)
    .mul(2 / samples)
    .toArray() as [[number, number], [number, number]];
  // H = L Lᵀ. The points are minimum + √(2 level) · L⁻ᵀ u for u on the unit circle.
  const [l11, l21] = [Math.sqrt(a), b / Math.sqrt(a)];
  const l22 = Math.sqrt(d - l21 * l21);
  return Array.from({ length: 361 }, (_, at) => {
    const [u, v] = [Math.cos((at * Math.PI) / 180), Math.sin((at * Math.PI) / 180)].map(
      (part) => part * Math.sqrt(2 * level),
    ) as [number, number];
    const y = v / l22;
    return [minimum[0] + (u - l21 * y) / l11, minimum[1] + y];
  });
}

/** F17 and F18: the path of two weights to the minimum, and the possible directions of the next step. */
export const zigzag = figure<typeof begin>({
  title: 'Path of two weights to the minimum of the loss',
  start: begin,
  controls: [
    {
      kind: 'choice',
      key: 'inputs',
      label: 'Inputs',
      options: Object.entries(inputs).map(([name, { label }]) => [name, label]),
    },
    { kind: 'slider', key: 'steps', label: 'Steps', min: 0, max: 120, step: 1 },
    { kind: 'slider', key: 'rate', label: 'Learning rate', min: 0.02, max: 1.2, step: 0.02 },
    {
      kind: 'play',
      label: 'Run',
      next: (state) => (state.steps < 120 ? { ...state, steps: state.steps + 1 } : undefined),
    },
    { kind: 'button', label: 'Reset', act: (state) => ({ ...state, steps: 0 }) },
  ],
  scene(state) {
    const path = descend(state);
    const { label, x } = inputs[state.inputs]!;
    const here = path.at(-1)!;
    const moves = path.slice(1).map(([w1, w2], at): Point => [w1 - path[at]![0], w2 - path[at]![1]]);
    const together = moves.filter(([dw1, dw2]) => dw1 * dw2 > 0).length;
    const length = moves.reduce((sum, [dw1, dw2]) => sum + Math.hypot(dw1, dw2), 0);
    const distance = Math.hypot(here[0] - minimum[0], here[1] - minimum[1]);
    const place = ([w1, w2]: Point): Point => area.place(w1, w2);
    const [[px, py], [right, bottom]] = [place(here), [440, 424]];
    const allowed: readonly Mark[] =
      state.inputs === 'positive'
        ? [
            { kind: 'rect', at: [px, 24], size: [right - px, py - 24], tone: 'good', fill: 0.13 },
            { kind: 'rect', at: [40, py], size: [px - 40, bottom - py], tone: 'good', fill: 0.13 },
          ]
        : [{ kind: 'rect', at: [40, 24], size: [400, 400], tone: 'good', fill: 0.13 }];
    return {
      width: 620,
      height: 466,
      marks: [
        ...allowed,
        ...area.axes,
        ...[0.05, 0.4, 1.4, 3.2].flatMap((level) => {
          const points = contour(x, level);
          const [xs, ys] = [points.map(([w1]) => w1), points.map(([, w2]) => w2)];
          return area.curve(xs, ys, { tone: 'first', width: 1.5 });
        }),
        { kind: 'path', points: path.map(place), tone: 'third', width: 2 },
        ...path.slice(0, -1).map((each): Mark => ({ kind: 'circle', at: place(each), radius: 2.5, tone: 'third' })),
        { kind: 'circle', at: place(minimum), radius: 6, tone: 'good' },
        {
          kind: 'text',
          at: [place(minimum)[0], place(minimum)[1] - 12],
          text: 'minimum',
          size: 13,
          anchor: 'middle',
          bold: true,
        },
        { kind: 'circle', at: place(here), radius: 7, tone: 'third' },
        { kind: 'text', at: [460, 50], text: label, size: 14, bold: true },
        { kind: 'text', at: [460, 80], text: `steps: ${state.steps}`, size: 14 },
        { kind: 'text', at: [460, 104], text: `steps with equal`, size: 14 },
        { kind: 'text', at: [460, 124], text: `signs: ${together}`, size: 14 },
        { kind: 'text', at: [460, 154], text: `path length: ${short(length, 2)}`, size: 14 },
        { kind: 'text', at: [460, 178], text: `distance: ${short(distance, 2)}`, size: 14 },
        { kind: 'rect', at: [460, 200], size: [14, 14], tone: 'good', fill: 0.3 },
        { kind: 'text', at: [480, 212], text: 'directions of', tone: 'quiet', size: 13 },
        { kind: 'text', at: [480, 230], text: 'the next step', tone: 'quiet', size: 13 },
      ],
      description: `${label}: of ${state.steps} steps, ${together} changed both weights in the same direction. The path is ${short(length, 2)} long and ends ${short(distance, 2)} from the minimum.`,
      table: {
        columns: ['step', 'w₁', 'w₂'],
        rows: path.slice(-20).map(([w1, w2], at) => [Math.max(0, path.length - 20) + at, short(w1), short(w2)]),
      },
    };
  },
});
