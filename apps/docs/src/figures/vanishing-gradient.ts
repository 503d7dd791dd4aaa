import { activationNamed, activationOptions } from './activations.ts';
import { figure } from './figure.ts';
import { type Mark, short } from './scene.ts';
import { valuesAndDerivatives } from './derivative.ts';

const layersMost = 20;
const [left, top, width, height] = [70, 40, 530, 250];
const decades = 12;

/** F10: the size of the gradient at each layer during the backward pass. */
export const vanishingGradient = figure({
  title: 'The gradient at each layer of the backward pass',
  start: { f: 'sigmoid', layers: 10, z: 0, w: 1 },
  controls: [
    { kind: 'choice', key: 'f', label: 'Activation', options: activationOptions },
    { kind: 'slider', key: 'layers', label: 'Layers', min: 1, max: layersMost, step: 1 },
    { kind: 'slider', key: 'z', label: 'Input of each activation, z', min: -6, max: 6, step: 0.1 },
    { kind: 'slider', key: 'w', label: 'Weight', min: 0.1, max: 3, step: 0.1 },
  ],
  scene({ f, layers, z, w }) {
    const { label, f: apply } = activationNamed(f);
    const derivative = valuesAndDerivatives(apply, [z]).derivatives[0]!;
    // Each layer of the backward pass multiplies by the derivative of its activation and by the weight.
    const gradients = Array.from({ length: layers }, (_, passed) => (derivative * w) ** (passed + 1));
    const down = (value: number): number =>
      top + (height * Math.min(decades, Math.max(0, 2 - Math.log10(Math.abs(value))))) / decades;
    const step = width / layers;
    const bars = gradients.flatMap((value, passed): readonly Mark[] => {
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
    const first = gradients.at(-1)!;
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
          text: 'gradient, logarithmic scale',
          tone: 'quiet',
          size: 12,
        },
        {
          kind: 'text',
          at: [left + width, top + height + 38],
          text: 'layer (the loss is on the right)',
          tone: 'quiet',
          size: 12,
          anchor: 'end',
        },
      ],
      description: `The derivative of ${label} at z = ${short(z)} is ${short(derivative)}. Each layer multiplies the gradient by ${short(derivative * w)}. A gradient of 1 is ${short(first)} at the first of ${layers} layers.`,
      table: {
        columns: ['layer', 'gradient'],
        rows: gradients.map((value, passed) => [layers - passed, short(value, 4)]),
      },
    };
  },
});
