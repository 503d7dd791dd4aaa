import { activationNamed, activationOptions } from './activations.ts';
import { figure } from './figure.ts';
import { type Mark, short } from './scene.ts';
import { valuesAndSlopes } from './slope.ts';

const layersMost = 20;
const [left, top, width, height] = [70, 40, 530, 250];
const decades = 12;

/** F10: what is left of a gradient after each layer that it passes on its way back. */
export const vanishingGradient = figure({
  title: 'A gradient on its way back through the layers',
  start: { f: 'sigmoid', layers: 10, z: 0, w: 1 },
  controls: [
    { kind: 'choice', key: 'f', label: 'Activation', options: activationOptions },
    { kind: 'slider', key: 'layers', label: 'Layers', min: 1, max: layersMost, step: 1 },
    { kind: 'slider', key: 'z', label: 'What each neuron is given, z', min: -6, max: 6, step: 0.1 },
    { kind: 'slider', key: 'w', label: 'Weight', min: 0.1, max: 3, step: 0.1 },
  ],
  scene({ f, layers, z, w }) {
    const { label, f: apply } = activationNamed(f);
    const slope = valuesAndSlopes(apply, [z]).slopes[0]!;
    // Backwards through one layer: times the slope of its activation, times the weight.
    const arriving = Array.from({ length: layers }, (_, passed) => (slope * w) ** (passed + 1));
    const down = (value: number): number =>
      top + (height * Math.min(decades, Math.max(0, 2 - Math.log10(Math.abs(value))))) / decades;
    const step = width / layers;
    const bars = arriving.flatMap((value, passed): readonly Mark[] => {
      const x = left + width - (passed + 1) * step;
      const y = value === 0 ? top + height : down(value);
      return [
        {
          kind: 'rect',
          at: [x + step * 0.12, y],
          size: [step * 0.76, top + height - y],
          tone: Math.abs(value) < 1e-3 ? 'bad' : 'first',
          round: 3,
        },
        {
          kind: 'text',
          at: [x + step / 2, top + height + 17],
          text: String(layers - passed),
          tone: 'quiet',
          size: 12,
          anchor: 'middle',
        },
      ];
    });
    const first = arriving.at(-1)!;
    return {
      width: 620,
      height: 336,
      marks: [
        ...[2, 0, -2, -4, -6, -8, -10].flatMap((power): readonly Mark[] => [
          {
            kind: 'path',
            points: [
              [left, down(10 ** power)],
              [left + width, down(10 ** power)],
            ],
            tone: power === 0 ? 'quiet' : 'faint',
            width: 1,
          },
          {
            kind: 'text',
            at: [left - 8, down(10 ** power) + 4],
            text: power === 0 ? '1' : short(10 ** power, 1),
            tone: 'quiet',
            size: 12,
            anchor: 'end',
          },
        ]),
        ...bars,
        {
          kind: 'text',
          at: [left, 18],
          text: 'gradient that arrives, each line a hundredth of the one above',
          tone: 'quiet',
          size: 12,
        },
        {
          kind: 'text',
          at: [left + width, top + height + 38],
          text: 'layer; the loss is on the right',
          tone: 'quiet',
          size: 12,
          anchor: 'end',
        },
      ],
      words: `${label} at z = ${short(z)} has slope ${short(slope)}. Each layer multiplies the gradient by ${short(slope * w)}, so that of 1 the first of ${layers} layers gets ${short(first)}.`,
      table: {
        columns: ['layer', 'gradient'],
        rows: arriving.map((value, passed) => [layers - passed, short(value, 4)]),
      },
    };
  },
});
