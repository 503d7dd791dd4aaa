import { tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import * as metrics from '../src/index.ts';

const targets = tensor([0, 1], { dtype: 'int32' });
const samples: Readonly<Record<string, readonly [prediction: Tensor, option: string, rest: string]>> = {
  accuracy: [targets, 'weight', 'reduction, weights. Did you mean weights?'],
  binaryAccuracy: [tensor([0, 1]), 'treshold', 'threshold, reduction, weights. Did you mean threshold?'],
  confusionMatrix: [targets, 'numClasses', 'classes, weights, normalize. Did you mean classes?'],
  withinTolerance: [tensor([0, 1]), 'band', 'tolerance, reduction, weights. Leave it out.'],
};

test.each(Object.entries(metrics))('%s refuses options that it does not know', (name, metric) => {
  const [prediction, option, rest] = samples[name]!;
  const call = metric as (prediction: Tensor, targets: Tensor, options: object) => Tensor;
  expect(() => call(prediction, targets, { [option]: 1 })).toThrow(
    new TypeError(`Unknown option '${option}' of ${name}. It takes ${rest}`),
  );
});
