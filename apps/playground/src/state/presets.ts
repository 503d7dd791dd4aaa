import { type NetworkSettings, type Settings, defaultSettings } from './schema.ts';

/** An example: settings with a title and a hint. */
export interface Preset {
  readonly title: string;
  readonly hint: string;
  readonly settings: Settings;
}

const [defaultNetwork] = defaultSettings.networks as readonly [NetworkSettings];
const { data, training } = defaultSettings;

const layers = (
  activation: NetworkSettings['layers'][number]['activation'],
  ...neurons: number[]
): NetworkSettings['layers'] => neurons.map((count) => ({ neurons: count, activation }));

/** The examples of the list, by name. */
export const presets: Readonly<Record<string, Preset>> = {
  notebook: {
    title: 'Spiral: the notebook’s network',
    hint: 'Three classes and one hidden layer of 64 ReLU neurons.',
    settings: defaultSettings,
  },
  few: {
    title: 'Spiral: too few neurons',
    hint: 'The first network of the notebook, 2-3-3: three ReLU neurons cannot separate the three arms.',
    settings: { ...defaultSettings, networks: [{ ...defaultNetwork, layers: layers('relu', 3) }] },
  },
  deep: {
    title: 'Spiral: two hidden layers',
    hint: 'Two hidden layers of 16 neurons: the second layer combines the features of the first.',
    settings: {
      ...defaultSettings,
      networks: [{ ...defaultNetwork, layers: layers('relu', 16, 16), start: 'he' }],
      training: { ...training, learningRate: 0.01, batch: 32 },
    },
  },
  sine: {
    title: 'Sine: identity and ReLU',
    hint: 'A network with identity activations is linear at any depth; one with ReLU fits the sine.',
    settings: {
      ...defaultSettings,
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
    hint: 'The classes are not linearly separable; four tanh neurons separate them.',
    settings: {
      ...defaultSettings,
      data: { ...data, kind: 'xor', classes: 2, samples: 250, noise: 0.05, test: 0.2 },
      networks: [{ layers: layers('tanh', 4), start: 'glorot', output: 'linear' }],
      training: { ...training, optimizer: 'sgd', learningRate: 0.1, decay: 0, batch: 10 },
    },
  },
  exploding: {
    title: 'Learning rate too high',
    hint: 'With a learning rate of 10 training diverges: the weights overflow float32.',
    settings: {
      ...defaultSettings,
      data: { ...data, kind: 'plane', samples: 200, noise: 0.05 },
      networks: [{ layers: layers('relu', 8, 8), start: 'he', output: 'linear' }],
      training: { ...training, optimizer: 'sgd', learningRate: 10, decay: 0, batch: 10 },
    },
  },
};
