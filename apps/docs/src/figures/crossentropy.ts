import { categoricalCrossentropy } from '@nn/losses';
import { tensor } from '@nn/tensor';
import { figure } from './figure.ts';
import { plot, spaced } from './plot.ts';
import { type Mark, short } from './scene.ts';

const area = plot({
  at: [50, 30],
  size: [540, 280],
  x: [0, 1],
  y: [0, 5],
  xLabel: 'predicted probability p of the true class',
  yLabel: 'loss, −ln p',
  ticks: [10, 5],
});
const ps = spaced(0.007, 1, 300);
const keys = ['p1', 'p2', 'p3'] as const;

/** The losses of samples whose true class has these probabilities. Each row has two classes, and class 0 is the true one. */
function losses(probabilities: readonly number[]): readonly number[] {
  const rows = tensor(
    probabilities.map((p) => [p, 1 - p]),
    { dtype: 'float64' },
  );
  const labels = tensor(
    probabilities.map(() => 0),
    { dtype: 'int32' },
  );
  return [...categoricalCrossentropy(rows, labels, { reduction: 'none' }).data];
}

const curve = losses(ps);

/** F20: the curve −ln p, and the three samples of the notebook on it. */
export const crossentropy = figure({
  title: 'Cross-entropy: the loss of three samples',
  start: { p1: 0.7, p2: 0.5, p3: 0.9 },
  controls: keys.map(
    (key, at) => ({ kind: 'slider', key, label: `Sample ${at + 1}`, min: 0.01, max: 1, step: 0.01 }) as const,
  ),
  drag(state, at) {
    // Moves the sample that is nearest to the pointer.
    const p = Math.min(1, Math.max(0.01, Math.round(area.xAt(at) * 100) / 100));
    const nearest = keys.toSorted((a, b) => Math.abs(state[a] - p) - Math.abs(state[b] - p))[0]!;
    return { ...state, [nearest]: p };
  },
  scene(state) {
    const probabilities = keys.map((key) => state[key]);
    const each = losses(probabilities);
    const mean = tensor([...each], { dtype: 'float64' })
      .mean()
      .item();
    const samples = probabilities.flatMap((p, at): readonly Mark[] => [
      { kind: 'path', points: [area.place(p, 0), area.place(p, each[at]!)], tone: 'quiet', width: 1, dashed: true },
      { kind: 'handle', at: area.place(p, each[at]!), tone: 'third' },
      {
        kind: 'text',
        at: [area.place(p, 0)[0], area.place(0, each[at]!)[1] - 15],
        text: `${at + 1}: ${short(each[at]!)}`,
        size: 13,
        anchor: p > 0.9 ? 'end' : 'start',
      },
    ]);
    return {
      width: 620,
      height: 350,
      marks: [
        ...area.axes,
        ...area.curve(ps, curve, { tone: 'first', width: 3 }),
        { kind: 'path', points: [area.place(0, mean), area.place(1, mean)], tone: 'second', width: 2, dashed: true },
        {
          kind: 'text',
          at: [area.place(1, 0)[0] - 8, 56],
          text: `mean loss: ${short(mean, 4)}`,
          tone: 'second',
          size: 15,
          anchor: 'end',
          bold: true,
        },
        ...samples,
      ],
      description: `The true classes have the probabilities ${probabilities.map((p) => short(p)).join(', ')}; the losses are ${each.map((loss) => short(loss)).join(', ')}, their mean is ${short(mean, 4)}.`,
      table: {
        columns: ['sample', 'p of the true class', '−ln p'],
        rows: [...probabilities.map((p, at) => [at + 1, short(p), short(each[at]!, 5)]), ['mean', '', short(mean, 5)]],
      },
    };
  },
});
