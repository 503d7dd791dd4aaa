import { choice, boolean, list, number, record, type ValueOf, integer } from './field.ts';

/**
 * The schema of all settings with their ranges and defaults. Controls, the validation of links and the types of the settings are
 * derived from it.
 */

export const layerSchema = record({
  neurons: integer(1, 64, 64),
  activation: choice(['identity', 'sigmoid', 'tanh', 'relu', 'leakyRelu', 'swish'], 'relu'),
});

export const networkSchema = record({
  layers: list(layerSchema, 0, 8, [layerSchema.fallback]),
  /** The initializer of the weights. */
  start: choice(['small', 'he', 'glorot', 'zero'], 'small'),
  /** The output activation: class probabilities, or linear outputs. */
  output: choice(['softmax', 'linear'], 'softmax'),
});

export const dataSchema = record({
  kind: choice(
    ['spiral', 'disk', 'xor', 'blobs', 'moons', 'rings', 'sine', 'plane'],
    'spiral',
    new Map<unknown, 'xor'>([['exclusiveOr', 'xor']]),
  ),
  classes: integer(2, 8, 3),
  /** Number of samples, training and test together. */
  samples: integer(20, 1000, 300),
  noise: number(0, 0.5, 0.2),
  /** The fraction of the samples in the test split. */
  test: number(0, 0.5, 0),
  seed: integer(0, 4_294_967_295, 0),
});

export const trainingSchema = record({
  optimizer: choice(['sgd', 'adagrad', 'rmsprop', 'adam'], 'adam'),
  learningRate: number(0, 10, 0.05),
  decay: number(0, 1, 5e-7),
  /** For sgd and rmsprop. */
  momentum: number(0, 0.99, 0),
  /** For sgd with momentum. */
  nesterov: boolean(false),
  /** Batch size; 0 for the whole training set. */
  batch: integer(0, 1000, 0),
  l1: number(0, 10, 0),
  l2: number(0, 10, 0),
});

export const settingsSchema = record({
  data: dataSchema,
  /** One network, or two that are compared on the same data. */
  networks: list(networkSchema, 1, 2, [networkSchema.fallback]),
  training: trainingSchema,
  /** Seed of the initial weights and of the order of the batches. */
  seed: integer(0, 4_294_967_295, 0),
  /** Epochs per second. */
  speed: choice(['1', '5', '25', '100', '500', 'max'], '100'),
  /** The unit of one step: an epoch or a batch. */
  stride: choice(['epoch', 'batch'], 'epoch'),
});

export type LayerSettings = ValueOf<typeof layerSchema>;
export type NetworkSettings = ValueOf<typeof networkSchema>;
export type DataSettings = ValueOf<typeof dataSchema>;
export type TrainingSettings = ValueOf<typeof trainingSchema>;
export type Settings = ValueOf<typeof settingsSchema>;
export type DataKind = DataSettings['kind'];
export type Stride = Settings['stride'];

/** The default settings: the notebook's network on its spiral. */
export const defaultSettings: Settings = settingsSchema.fallback;
