import { meanSquaredError, softmaxCrossentropy } from '@nn/losses';
import { accuracy, withinTolerance } from '@nn/metrics';
import { oneHot, type Tensor } from '@nn/tensor';
import { classCount, dataFacts, outputActivation } from '../state/data-kinds.ts';
import type { DataSettings, NetworkSettings } from '../state/schema.ts';

/** What a network is trained towards, and how well it does is told. */
export interface Objective {
  /** The answers as the loss wants them. */
  targets(y: Tensor): Tensor;
  loss(outputs: Tensor, targets: Tensor): Tensor;
  /** The fraction of right answers. */
  accuracy(outputs: Tensor, targets: Tensor): Tensor;
}

/** Within this distance a predicted regression counts as right. */
const tolerance = 0.1;

const crossentropy: Objective = {
  targets: (y) => y,
  loss: (outputs, targets) => softmaxCrossentropy(outputs, targets),
  accuracy: (outputs, targets) => accuracy(outputs, targets),
};

const regression: Objective = {
  targets: (y) => y,
  loss: (outputs, targets) => meanSquaredError(outputs, targets),
  accuracy: (outputs, targets) => withinTolerance(outputs, targets, { tolerance }),
};

/** Two classes told apart by the sign of one number: the first is above 0. */
const signedBinary: Objective = {
  targets: (y) => y.cast('float32').mul(-2).add(1).reshape([-1, 1]),
  loss: (outputs, targets) => meanSquaredError(outputs, targets),
  accuracy: (outputs, targets) =>
    accuracy(outputs.greater(0).squeeze(1).cast('int32'), targets.greater(0).squeeze(1).cast('int32')),
};

/** Classes told apart by the largest of as many numbers. */
const oneHotRegression = (classes: number): Objective => ({
  targets: (y) => oneHot(y, classes),
  loss: (outputs, targets) => meanSquaredError(outputs, targets),
  accuracy: (outputs, targets) => accuracy(outputs, targets),
});

/** What the settings train towards. */
export function objectiveOf(data: DataSettings, network: NetworkSettings): Objective {
  if (dataFacts[data.kind].task === 'regression') return regression;
  if (outputActivation(data, network) === 'softmax') return crossentropy;
  const classes = classCount(data);
  return classes === 2 ? signedBinary : oneHotRegression(classes);
}
