import { meanSquaredError, softmaxCrossentropy } from '@nn/losses';
import { accuracy, withinTolerance } from '@nn/metrics';
import { oneHot, type Tensor } from '@nn/tensor';
import { classCount, dataFacts, outputActivation } from '../state/data-kinds.ts';
import type { DataSettings, NetworkSettings } from '../state/schema.ts';

/** The loss and the accuracy of a task, and how labels become targets. */
export interface Objective {
  /** Turns labels into the targets of the loss. */
  targets(y: Tensor): Tensor;
  loss(outputs: Tensor, targets: Tensor): Tensor;
  /** The fraction of correct predictions. */
  accuracy(outputs: Tensor, targets: Tensor): Tensor;
}

/** A regression prediction within this distance of its target counts as correct. */
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

/** Two classes as targets 1 and −1 of one output. The sign of the output is the prediction; class 0 is positive. */
const signedBinary: Objective = {
  targets: (y) => y.cast('float32').mul(-2).add(1).reshape([-1, 1]),
  loss: (outputs, targets) => meanSquaredError(outputs, targets),
  accuracy: (outputs, targets) =>
    accuracy(outputs.greater(0).squeeze(1).cast('int32'), targets.greater(0).squeeze(1).cast('int32')),
};

/** Classes as one-hot targets of mean squared error. The largest output is the prediction. */
const oneHotRegression = (classes: number): Objective => ({
  targets: (y) => oneHot(y, classes),
  loss: (outputs, targets) => meanSquaredError(outputs, targets),
  accuracy: (outputs, targets) => accuracy(outputs, targets),
});

/** The objective of the settings. */
export function objectiveOf(data: DataSettings, network: NetworkSettings): Objective {
  if (dataFacts[data.kind].task === 'regression') return regression;
  if (outputActivation(data, network) === 'softmax') return crossentropy;
  const classes = classCount(data);
  return classes === 2 ? signedBinary : oneHotRegression(classes);
}
