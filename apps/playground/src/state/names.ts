import type { LayerSettings, NetworkSettings, Settings, TrainingSettings } from './schema.ts';

/** Labels of the choices. */
export const activationNames: Readonly<Record<LayerSettings['activation'], string>> = {
  identity: 'Identity',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  relu: 'ReLU',
  leakyRelu: 'Leaky ReLU',
  swish: 'Swish',
};

export const initializerNames: Readonly<Record<NetworkSettings['start'], string>> = {
  small: 'Normal σ 0.01',
  he: 'He normal',
  glorot: 'Glorot uniform',
  zero: 'Zeros',
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

/** The names of two networks that are compared. */
export const networkNames: readonly string[] = ['A', 'B'];
