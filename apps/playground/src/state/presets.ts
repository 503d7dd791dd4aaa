import { type NetworkSettings, type Settings, usualSettings } from './schema.ts';

/** A network worth opening, with what there is to see. */
export interface Preset {
  readonly title: string;
  readonly hint: string;
  readonly settings: Settings;
}

const [usualNetwork] = usualSettings.networks as readonly [NetworkSettings];
const { data, training } = usualSettings;

const layers = (
  activation: NetworkSettings['layers'][number]['activation'],
  ...neurons: number[]
): NetworkSettings['layers'] => neurons.map((count) => ({ neurons: count, activation }));

/** What can be opened from the list, by the name that leads to it. */
export const presets: Readonly<Record<string, Preset>> = {
  notebook: {
    title: 'The notebook’s spiral',
    hint: 'Three arms, and 64 neurons that learn to follow their turns.',
    settings: usualSettings,
  },
  few: {
    title: 'The spiral, too few neurons',
    hint: 'The first network of the notebook, 2-3-3: three bends are not enough for three turns.',
    settings: { ...usualSettings, networks: [{ ...usualNetwork, layers: layers('relu', 3) }] },
  },
  deep: {
    title: 'The spiral, in depth',
    hint: 'Two layers of sixteen: the second bends what the first has bent.',
    settings: {
      ...usualSettings,
      networks: [{ ...usualNetwork, layers: layers('relu', 16, 16), start: 'he' }],
      training: { ...training, learningRate: 0.01, batch: 32 },
    },
  },
  sine: {
    title: 'A sine: straight or bent',
    hint: 'Identity layers stay a straight line, however many; ReLU bends.',
    settings: {
      ...usualSettings,
      data: { ...data, kind: 'sine', samples: 200, noise: 0 },
      networks: [
        { layers: layers('identity', 16, 16), start: 'he', output: 'linear' },
        { layers: layers('relu', 16, 16), start: 'he', output: 'linear' },
      ],
      training: { ...training, learningRate: 0.01, decay: 0 },
    },
  },
  xor: {
    title: 'Exclusive or',
    hint: 'No straight line parts it; four tanh neurons do.',
    settings: {
      ...usualSettings,
      data: { ...data, kind: 'xor', classes: 2, samples: 250, noise: 0.05, test: 0.2 },
      networks: [{ layers: layers('tanh', 4), start: 'glorot', output: 'linear' }],
      training: { ...training, optimizer: 'sgd', learningRate: 0.1, decay: 0, batch: 10 },
    },
  },
  exploding: {
    title: 'Too fast a learner',
    hint: 'A learning rate of 10: the numbers outgrow what can be stored.',
    settings: {
      ...usualSettings,
      data: { ...data, kind: 'plane', samples: 200, noise: 0.05 },
      networks: [{ layers: layers('relu', 8, 8), start: 'he', output: 'linear' }],
      training: { ...training, optimizer: 'sgd', learningRate: 10, decay: 0, batch: 10 },
    },
  },
};
