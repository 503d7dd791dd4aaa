import { relu, softmax } from '@nn/activations';
import { spiral } from '@nn/datasets';
import { dense, randomNormal } from '@nn/layers';
import { randomState } from '@nn/tensor';
import { figure } from './figure.ts';
import { plot } from './plot.ts';
import { type Mark, short } from './scene.ts';

const tones = ['first', 'second', 'third'] as const;
const area = plot({ at: [36, 16], size: [380, 380], x: [-1, 1], y: [-1, 1], ticks: [4, 4] });

/** F19: the spiral, coloured by its labels or by the predictions of an untrained network. */
export const untrained = figure({
  title: 'The spiral and the predictions of an untrained network',
  start: { seed: 0, colours: 'network' },
  controls: [
    {
      kind: 'choice',
      key: 'colours',
      label: 'Colours show',
      options: [
        ['network', 'predicted classes'],
        ['truth', 'true classes'],
      ],
    },
    { kind: 'slider', key: 'seed', label: 'Seed', min: 0, max: 20, step: 1 },
  ],
  scene({ seed, colours }) {
    const random = randomState(seed);
    const { x, y } = spiral({ samples: 100, classes: 3, random });
    const options = { random, weight: randomNormal(0.01) };
    const [dense1, dense2] = [dense(2, 3, options), dense(3, 3, options)];
    const output = softmax(dense2(relu(dense1(x))));
    const said = [...output.argmax(1).data];
    const truth = [...y.data];
    const right = said.filter((each, at) => each === truth[at]).length;
    const [least, most] = [output.min().item(), output.max().item()];
    const points = x.toArray() as [number, number][];
    const shown = colours === 'truth' ? truth : said;
    return {
      width: 620,
      height: 430,
      marks: [
        ...area.axes,
        ...points.map(([px, py], at): Mark => ({
          kind: 'circle',
          at: area.place(px, py),
          radius: 3.6,
          tone: tones[shown[at]!]!,
        })),
        { kind: 'text', at: [436, 60], text: `correct: ${right} of 300`, size: 16, bold: true },
        { kind: 'text', at: [436, 90], text: 'probabilities:', size: 14, tone: 'quiet' },
        { kind: 'text', at: [436, 112], text: `from ${short(least, 6)}`, size: 14 },
        { kind: 'text', at: [436, 134], text: `to ${short(most, 6)}`, size: 14 },
      ],
      description: `With seed ${seed} the untrained network classifies ${right} of 300 points correctly. Its class probabilities lie between ${short(least, 6)} and ${short(most, 6)}, close to 1/3.`,
      table: {
        columns: ['class', 'true count', 'predicted count'],
        rows: tones.map((_, each) => [
          each,
          truth.filter((one) => one === each).length,
          said.filter((one) => one === each).length,
        ]),
      },
    };
  },
});
