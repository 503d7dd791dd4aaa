import { softmax as softmaxOf } from '@nn/activations';
import { tensor } from '@nn/tensor';
import { figure } from './figure.ts';
import { type Mark, short } from './scene.ts';

const keys = ['s1', 's2', 's3', 's4', 's5'] as const;
const columns = [
  { x: 20, title: 'logits' },
  { x: 225, title: 'exp(logit − largest logit)' },
  { x: 430, title: 'probabilities' },
] as const;
const across = 100;

/** F16: five logits, their exponentials and the class probabilities. Adding a constant to all logits changes nothing. */
export const softmax = figure({
  title: 'Softmax of five logits',
  start: { s1: 1.3, s2: 5.1, s3: 2.2, s4: 0.7, s5: 1.1, shift: 0 },
  controls: [
    ...keys.map((key, at) => ({ kind: 'slider', key, label: `Logit ${at + 1}`, min: -4, max: 8, step: 0.1 }) as const),
    { kind: 'slider', key: 'shift', label: 'Added to all', min: -5, max: 5, step: 0.5 },
  ],
  scene(state) {
    const logits = keys.map((key) => Math.round((state[key] + state.shift) * 10) / 10);
    const row = tensor(logits, { dtype: 'float64' });
    const powers = [...row.sub(row.max()).exp().data];
    const probabilities = [...softmaxOf(row).data];
    const bars = keys.flatMap((_, at): readonly Mark[] => {
      const y = 52 + at * 44;
      const lengths = [(across * logits[at]!) / 13, across * powers[at]!, across * probabilities[at]!];
      const texts = [short(logits[at]!), short(powers[at]!), short(probabilities[at]!)];
      return columns.flatMap(({ x }, column): readonly Mark[] => {
        const length = lengths[column]!;
        const zero = x + (column === 0 ? 60 : 0);
        return [
          {
            kind: 'rect',
            at: [Math.min(zero, zero + length), y],
            size: [Math.abs(length), 26],
            tone: (['second', 'third', 'first'] as const)[column]!,
            round: 3,
          },
          {
            kind: 'text',
            at: [Math.max(zero, zero + length) + 7, y + 18],
            text: texts[column]!,
            size: 14,
            bold: column === 2,
          },
        ];
      });
    });
    const best = probabilities.indexOf(Math.max(...probabilities));
    return {
      width: 620,
      height: 280,
      marks: [
        ...columns.map(({ x, title }): Mark => ({ kind: 'text', at: [x, 30], text: title, tone: 'quiet', size: 13 })),
        ...bars,
      ],
      description: `Logit ${best + 1} is ${short(logits[best]!)} and its probability is ${short(probabilities[best]!)}. All probabilities add up to 1.`,
      table: {
        columns: ['logit', 'exp(logit − largest logit)', 'probability'],
        rows: keys.map((_, at) => [short(logits[at]!), short(powers[at]!, 4), short(probabilities[at]!, 4)]),
      },
    };
  },
});
