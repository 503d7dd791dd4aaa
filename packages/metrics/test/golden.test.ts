import { faultOf, type GoldenCase, goldenCases, type GoldenTensor, read } from '@nn/golden';
import type { Tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import {
  accuracy,
  binaryAccuracy,
  confusionMatrix,
  type ConfusionMatrixOptions,
  type ScoreOptions,
} from '../src/index.ts';

interface ScoreCase extends GoldenCase {
  readonly outputs: { readonly output: GoldenTensor };
}

const cases = goldenCases<ScoreCase>(new URL('../golden/metrics.json', import.meta.url));

/** The cases of one operation, numbered and named. */
function casesOf(op: string): readonly { readonly title: string; readonly golden: ScoreCase }[] {
  return cases
    .filter((golden) => golden.op === op)
    .map((golden, at) => ({ title: `${at + 1} ${golden.name ?? JSON.stringify(golden.config)}`, golden }));
}

const accuracies = casesOf('accuracy_score');
const matrices = casesOf('confusion_matrix');

/** Refuses a setting of a case that the tests below do not use. */
function only(config: GoldenCase['config'], known: readonly string[]): void {
  expect(Object.keys(config).filter((name) => !known.includes(name))).toEqual([]);
}

test('all 23 and 36 cases are there', () => {
  expect([accuracies.length, matrices.length]).toEqual([23, 36]);
});

describe.each(['float64', 'float32'] as const)('as in scikit-learn, from %s', (dtype) => {
  const weightsOf = ({ inputs }: GoldenCase): Tensor | undefined =>
    inputs['sample_weight'] && read(inputs['sample_weight'], dtype);

  test.each(accuracies)('accuracy: $title', ({ golden }) => {
    const { config, inputs, outputs, tolerance } = golden;
    only(config, ['input', 'normalize', 'threshold']);
    const prediction = read(inputs['y_pred']!, dtype);
    const labels = read(inputs['y_true']!, dtype);
    const options: ScoreOptions = { reduction: config['normalize'] ? 'mean' : 'sum', weights: weightsOf(golden) };
    const got =
      config['input'] === 'binary_threshold'
        ? binaryAccuracy(prediction, labels, { ...options, threshold: config['threshold'] as number })
        : accuracy(prediction, labels, options);
    expect(faultOf(got, outputs.output, tolerance[dtype])).toBeUndefined();
  });

  test.each(matrices)('confusion matrix: $title', ({ golden }) => {
    const { config, inputs, outputs, tolerance } = golden;
    only(config, ['normalize', 'labels']);
    const prediction = read(inputs['y_pred']!, dtype);
    const labels = read(inputs['y_true']!, dtype);
    const occurring = [...new Set([...prediction.data, ...labels.data])].toSorted((a, b) => a - b);
    const normalize = ({ true: 'labels', pred: 'prediction', all: 'all' } as const)[config['normalize'] as string];
    const options: ConfusionMatrixOptions = {
      classes: (config['labels'] as number[] | undefined) ?? occurring,
      weights: weightsOf(golden),
      normalize,
    };
    expect(faultOf(confusionMatrix(prediction, labels, options), outputs.output, tolerance[dtype])).toBeUndefined();
  });
});
