import type { LayerSettings, NetworkSettings, Settings, TrainingSettings } from './schema.ts';

/** What things are called on the page. */
export const activationNames: Readonly<Record<LayerSettings['activation'], string>> = {
  identity: 'Identity',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  relu: 'ReLU',
  leakyRelu: 'Leaky ReLU',
  swish: 'Swish',
};

export const startNames: Readonly<Record<NetworkSettings['start'], string>> = {
  small: '0.01 · normal',
  he: 'He normal',
  glorot: 'Glorot uniform',
  zero: 'Zero',
};

export const outputNames: Readonly<Record<NetworkSettings['output'], string>> = {
  softmax: 'Softmax',
  linear: 'Linear',
};

export const optimizerNames: Readonly<Record<TrainingSettings['optimizer'], string>> = {
  sgd: 'SGD',
  adagrad: 'AdaGrad',
  rmsprop: 'RMSprop',
  adam: 'Adam',
};

export const strideNames: Readonly<Record<Settings['stride'], string>> = { epoch: 'Epoch', batch: 'Batch' };

/** What a network is called beside another. */
export const networkNames: readonly string[] = ['A', 'B'];
