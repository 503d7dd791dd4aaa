import { figure } from './figure.ts';
import type { Mark } from './scene.ts';

const parts = [
  { box: 'x', formula: 'x', says: 'the input, a row vector' },
  { box: 'W₁', formula: 'x W₁', says: 'the first layer multiplies by its weights' },
  { box: '+ b₁', formula: 'x W₁ + b₁', says: 'the first layer adds its biases' },
  { box: 'f₁', formula: 'f₁(x W₁ + b₁)', says: 'the activation is applied elementwise' },
  { box: 'W₂', formula: 'f₁(x W₁ + b₁) W₂', says: 'the second layer multiplies by its weights' },
  { box: '+ b₂', formula: 'f₁(x W₁ + b₁) W₂ + b₂', says: 'the second layer adds its biases' },
  { box: 'f₂', formula: 'f₂(f₁(x W₁ + b₁) W₂ + b₂)', says: 'the output activation gives the prediction' },
] as const;

/** F11: the block diagram of a network, and its formula up to a chosen block. */
export const blocks = figure({
  title: 'A network as a block diagram and as a formula',
  start: { part: 4 },
  controls: [{ kind: 'slider', key: 'part', label: 'Up to block', min: 1, max: parts.length, step: 1 }],
  drag: (_, [x]) => ({ part: Math.min(parts.length, Math.max(1, Math.floor((x - 12) / 86) + 1)) }),
  scene({ part }) {
    const { box, formula, says } = parts[part - 1]!;
    return {
      width: 620,
      height: 170,
      marks: [
        ...parts.flatMap((each, at): readonly Mark[] => {
          const [left, reached] = [12 + at * 86, at < part];
          return [
            ...(at === 0
              ? []
              : [
                  {
                    kind: 'path',
                    points: [
                      [left - 20, 55],
                      [left, 55],
                    ],
                    tone: reached ? 'first' : 'quiet',
                    width: 2,
                  } as const,
                ]),
            {
              kind: 'rect',
              at: [left, 28],
              size: [66, 54],
              tone: reached ? 'first' : 'quiet',
              round: 8,
              fill: at === part - 1 ? 0.4 : reached ? 0.18 : 0.1,
            },
            { kind: 'text', at: [left + 33, 61], text: each.box, size: 17, anchor: 'middle', bold: at === part - 1 },
          ];
        }),
        { kind: 'text', at: [310, 125], text: formula, size: 20, anchor: 'middle', bold: true },
        { kind: 'text', at: [310, 152], text: says, tone: 'quiet', size: 14, anchor: 'middle' },
      ],
      description: `Up to block ${part}, ${box}, the network computes ${formula}: ${says}.`,
      table: {
        columns: ['block', 'formula', 'operation'],
        rows: parts.map((each) => [each.box, each.formula, each.says]),
      },
    };
  },
});
