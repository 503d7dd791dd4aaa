import { meanSquaredError } from '@nn/losses';
import { gradients, randomState, type Tensor, tensor, watch } from '@nn/tensor';
import { figure } from './figure.ts';
import { plot } from './plot.ts';
import { type Mark, type Point, short } from './scene.ts';

const area = plot({ at: [40, 24], size: [400, 400], x: [-2.5, 2.5], y: [-2.5, 2.5], xLabel: 'w₁', yLabel: 'w₂' });
const goal: Point = [-1.2, 1.2];
const start: Point = [1.4, -1.6];
const samples = 64;

/** Rows of two inputs between 0.2 and 1.8, and the same with their mean taken away. */
const drawn: Tensor = randomState(0).uniform([samples, 2], { low: 0.2, high: 1.8, dtype: 'float64' });
const inputs: Readonly<Record<string, { readonly label: string; readonly x: Tensor }>> = {
  positive: { label: 'All inputs positive', x: drawn },
  centred: { label: 'Inputs centred', x: drawn.sub(drawn.mean(0)) },
};
const best = tensor([...goal], { dtype: 'float64' });

const begin = { inputs: 'positive', rate: 0.14, steps: 40 };

/** The way of the weights: one sample at a time, against the gradient of its squared error. */
function walk({ inputs: kind, rate, steps }: typeof begin): readonly Point[] {
  const { x } = inputs[kind]!;
  const path: Point[] = [start];
  for (let step = 0; step < steps; step++) {
    const w = watch(tensor([...path.at(-1)!], { dtype: 'float64' }));
    const row = x.slice(step % samples) as Tensor;
    const slope = gradients(meanSquaredError(row.dot(w), row.dot(best)), w);
    path.push([...w.sub(slope.mul(rate)).data] as unknown as Point);
  }
  return path;
}

/** An ellipse on which the loss over all samples has one value: ½ (w − goal)ᵀ H (w − goal) = level. */
function contour(x: Tensor, level: number): readonly Point[] {
  const [[a, b], [, d]] = x.T.dot(x)
    .mul(2 / samples)
    .toArray() as [[number, number], [number, number]];
  // H = L Lᵀ; the points are goal + √(2 level) · L⁻ᵀ u for u on the unit circle.
  const [l11, l21] = [Math.sqrt(a), b / Math.sqrt(a)];
  const l22 = Math.sqrt(d - l21 * l21);
  return Array.from({ length: 361 }, (_, at) => {
    const [u, v] = [Math.cos((at * Math.PI) / 180), Math.sin((at * Math.PI) / 180)].map(
      (part) => part * Math.sqrt(2 * level),
    ) as [number, number];
    const y = v / l22;
    return [goal[0] + (u - l21 * y) / l11, goal[1] + y];
  });
}

/** F17 and F18: two weights on their way to the goal, and the quadrants into which each step may go. */
export const zigzag = figure<typeof begin>({
  title: 'Two weights of a neuron on their way to the goal',
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
      label: 'Walk',
      next: (state) => (state.steps < 120 ? { ...state, steps: state.steps + 1 } : undefined),
    },
    { kind: 'button', label: 'Back to the start', act: (state) => ({ ...state, steps: 0 }) },
  ],
  scene(state) {
    const path = walk(state);
    const { label, x } = inputs[state.inputs]!;
    const here = path.at(-1)!;
    const moves = path.slice(1).map(([w1, w2], at): Point => [w1 - path[at]![0], w2 - path[at]![1]]);
    const together = moves.filter(([dw1, dw2]) => dw1 * dw2 > 0).length;
    const walked = moves.reduce((sum, [dw1, dw2]) => sum + Math.hypot(dw1, dw2), 0);
    const distance = Math.hypot(here[0] - goal[0], here[1] - goal[1]);
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
        { kind: 'circle', at: place(goal), radius: 6, tone: 'good' },
        {
          kind: 'text',
          at: [place(goal)[0], place(goal)[1] - 12],
          text: 'goal',
          size: 13,
          anchor: 'middle',
          bold: true,
        },
        { kind: 'circle', at: place(here), radius: 7, tone: 'third' },
        { kind: 'text', at: [460, 50], text: label, size: 14, bold: true },
        { kind: 'text', at: [460, 80], text: `steps: ${state.steps}`, size: 14 },
        { kind: 'text', at: [460, 104], text: `both weights the`, size: 14 },
        { kind: 'text', at: [460, 124], text: `same way: ${together}`, size: 14 },
        { kind: 'text', at: [460, 154], text: `way walked: ${short(walked, 2)}`, size: 14 },
        { kind: 'text', at: [460, 178], text: `to the goal: ${short(distance, 2)}`, size: 14 },
        { kind: 'rect', at: [460, 200], size: [14, 14], tone: 'good', fill: 0.3 },
        { kind: 'text', at: [480, 212], text: 'where the next', tone: 'quiet', size: 13 },
        { kind: 'text', at: [480, 230], text: 'step may go', tone: 'quiet', size: 13 },
      ],
      words: `${label}: of ${state.steps} steps, ${together} changed both weights in the same direction. The way is ${short(walked, 2)} long, and the goal still ${short(distance, 2)} away.`,
      table: {
        columns: ['step', 'w₁', 'w₂'],
        rows: path.slice(-20).map(([w1, w2], at) => [Math.max(0, path.length - 20) + at, short(w1), short(w2)]),
      },
    };
  },
});
