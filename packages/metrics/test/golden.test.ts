import { faultOf, type GoldenCase, goldenCases, read } from '@nn/golden';
import { type DType, tensor, type Tensor } from '@nn/tensor';
import { describe, expect, test } from 'vitest';
import * as metrics from '../src/index.ts';
import type { ClassReport, Metric, MetricOptions } from '../src/index.ts';

type MetricCase = GoldenCase & { readonly text?: string };

const cases = goldenCases<MetricCase>(new URL('../golden/metrics.json', import.meta.url));

/** The settings of a case by our names; every one must be asked for. */
type Setting = (name: string) => unknown;

/** A case in our words: which metric, of what, with which options. */
interface Call {
  readonly metric: Metric<MetricOptions, unknown>;
  readonly prediction: Tensor;
  readonly target: Tensor;
  readonly options?: object;
  /** The result as the case has it, by the names of its outputs. */
  outputs(this: void, result: unknown): Readonly<Record<string, Tensor>>;
  /** The text of the result. */
  text?(this: void, result: unknown): string;
}

interface Inputs {
  /** An input in the precision of the test. */
  readonly input: (name: string) => Tensor;
  readonly setting: Setting;
}

const output = (result: Tensor): Record<string, Tensor> => ({ output: result });

/** A call of a metric whose result is one tensor. */
function single<Options extends MetricOptions>(
  metric: Metric<Options>,
  prediction: Tensor,
  target: Tensor,
  options: Omit<Options, 'weights'>,
): Call {
  return { metric: metric as Metric<MetricOptions>, prediction, target, options, outputs: output };
}

/** The classes that occur, sorted: those of scikit-learn unless `labels` lists them. */
function classesOf({ input, setting }: Inputs): readonly number[] {
  const listed = setting('labels') as number[] | undefined;
  if (listed) return listed;
  return [...new Set([...input('y_pred').data, ...input('y_true').data])].toSorted((a, b) => a - b);
}

/** Class indices as places in a list of classes. */
function placesIn(classes: readonly number[], labels: Tensor): Tensor {
  return tensor(
    Array.from(labels.data, (label) => classes.indexOf(label)),
    { dtype: 'int32' },
  );
}

/** Class labels as the columns of scores. */
function columnsOf({ input, setting }: Inputs, scores: string): Tensor {
  const labels =
    (setting('labels') as number[] | undefined) ?? [...new Set(input('y_true').data)].toSorted((a, b) => a - b);
  expect(input(scores).shape[1]).toBe(labels.length);
  return placesIn(labels, input('y_true'));
}

/** 1 for the positive label, 0 for the other. */
function positives({ input, setting }: Inputs): Tensor {
  const positive = setting('pos_label') ?? 1;
  return input('y_true')
    .equal(positive as number)
    .cast('int32');
}

const average = (setting: Setting): never => (setting('average') ?? 'none') as never;

function classScore<Options extends metrics.ClassScoreOptions>(
  metric: Metric<Options>,
  more: (setting: Setting) => object = () => ({}),
): (inputs: Inputs) => Call {
  return (inputs) => {
    const { input, setting } = inputs;
    setting('zero_division');
    const binary = setting('average') === 'binary';
    const options = {
      average: average(setting),
      ...(binary ? { positive: setting('pos_label') ?? 1 } : { classes: classesOf(inputs) }),
      ...more(setting),
    };
    return single(metric, input('y_pred'), input('y_true'), options as unknown as Omit<Options, 'weights'>);
  };
}

const ofClasses =
  <Options extends metrics.ClassOptions>(metric: Metric<Options>, more: (setting: Setting) => object = () => ({})) =>
  (inputs: Inputs): Call => {
    const options = { classes: classesOf(inputs), ...more(inputs.setting) };
    return single(
      metric,
      inputs.input('y_pred'),
      inputs.input('y_true'),
      options as unknown as Omit<Options, 'weights'>,
    );
  };

const row = ({ precision, recall, fScore, support }: ClassReport): Tensor =>
  tensor([precision, recall, fScore, support], { dtype: 'float64' });

/** The average of several outputs. */
const ofOutputs = (setting: Setting): 'mean' | 'none' | 'variance' => {
  const names = { uniform_average: 'mean', raw_values: 'none', variance_weighted: 'variance' } as const;
  return names[(setting('multioutput') ?? 'uniform_average') as keyof typeof names];
};

const ofQuantities =
  <Options extends MetricOptions>(metric: Metric<Options>, more: (setting: Setting) => object = () => ({})) =>
  ({ input, setting }: Inputs): Call => {
    const options = { average: ofOutputs(setting), ...more(setting) };
    return single(metric, input('y_pred'), input('y_true'), options as unknown as Omit<Options, 'weights'>);
  };

/** Scores of one question, of classes or of several questions. */
function scoresOf(inputs: Inputs): readonly [prediction: Tensor, target: Tensor] {
  const scores = inputs.input('y_score');
  if (inputs.input('y_true').rank === 2) return [scores, inputs.input('y_true')];
  return [scores, scores.rank === 1 ? positives(inputs) : columnsOf(inputs, 'y_score')];
}

/** Probabilities or decisions, of yes or of each class. */
function answersOf(inputs: Inputs, name: string): readonly [prediction: Tensor, target: Tensor] {
  const given = inputs.input(name);
  return [given, given.rank === 1 ? positives(inputs) : columnsOf(inputs, name)];
}

/** scikit-learn's function in our words. */
const ours: Readonly<Record<string, (inputs: Inputs) => Call>> = {
  accuracy_score({ input, setting }) {
    const reduction = setting('normalize') ? 'mean' : 'sum';
    if (setting('input') !== 'binary_threshold') {
      return single(metrics.accuracy, input('y_pred'), input('y_true'), { reduction });
    }
    const threshold = setting('threshold') as number;
    return single(metrics.binaryAccuracy, input('y_pred'), input('y_true'), { reduction, threshold });
  },
  confusion_matrix: ofClasses(metrics.confusionMatrix, (setting) => ({
    normalize: ({ true: 'labels', pred: 'prediction', all: 'all' } as const)[setting('normalize') as string],
  })),
  balanced_accuracy_score: ofClasses(metrics.balancedAccuracy, (setting) => ({ adjusted: setting('adjusted') })),
  cohen_kappa_score: ofClasses(metrics.cohenKappa, (setting) => ({ distance: setting('weights') ?? 'none' })),
  matthews_corrcoef: ofClasses(metrics.matthewsCorrelation),
  precision_score: classScore(metrics.precision),
  recall_score: classScore(metrics.recall),
  f1_score: classScore(metrics.fScore),
  fbeta_score: classScore(metrics.fScore, (setting) => ({ beta: setting('beta') })),
  jaccard_score: classScore(metrics.jaccard),
  classification_report(inputs) {
    const { input, setting } = inputs;
    setting('zero_division');
    const labels = setting('labels');
    return {
      metric: metrics.classificationReport,
      prediction: input('y_pred'),
      target: input('y_true'),
      options: { ...(labels === undefined ? {} : { classes: labels }), digits: setting('digits') },
      outputs: ({ classes, accuracy, micro, macro, weighted }: metrics.ClassificationReport) => ({
        labels: tensor(
          classes.map(({ label }) => label),
          { dtype: 'int32' },
        ),
        precision: tensor(
          classes.map((each) => each.precision),
          { dtype: 'float64' },
        ),
        recall: tensor(
          classes.map((each) => each.recall),
          { dtype: 'float64' },
        ),
        f1_score: tensor(
          classes.map((each) => each.fScore),
          { dtype: 'float64' },
        ),
        support: tensor(
          classes.map((each) => each.support),
          { dtype: 'float64' },
        ),
        ...(accuracy === undefined ? { micro_avg: row(micro) } : { accuracy: tensor(accuracy, { dtype: 'float64' }) }),
        macro_avg: row(macro),
        weighted_avg: row(weighted),
      }),
      text: String,
    };
  },
  precision_recall_fscore_support(inputs) {
    const { input, setting } = inputs;
    for (const name of ['zero_division', 'average']) setting(name);
    const beta = setting('beta') as number;
    const classes = classesOf(inputs);
    // Four results in one: the metric has the parts of all four.
    const all = metrics.metric<MetricOptions, readonly [Tensor, Tensor, MetricOptions][], Record<string, Tensor>>({
      name: 'all',
      measure: (prediction, target, options) => [[prediction, target, options]],
      merge: (first, second) => [...first, ...second],
      result(batches) {
        const none = { classes, average: 'none' } as const;
        const each = [metrics.precision, metrics.recall, metrics.fScore, metrics.confusionMatrix] as const;
        const totals = each.map((metric, at) => {
          const options = at === 3 ? { classes } : at === 2 ? { ...none, beta } : none;
          const total = (metric as Metric<MetricOptions>).overBatches(options);
          for (const batch of batches) total.update(...batch);
          return total.result();
        });
        const [precision, recall, fscore, matrix] = totals as [Tensor, Tensor, Tensor, Tensor];
        return { precision, recall, fscore, support: matrix.sum(1) };
      },
    });
    return {
      metric: all as Metric<MetricOptions, unknown>,
      prediction: input('y_pred'),
      target: input('y_true'),
      options: {},
      outputs: (result) => result as Record<string, Tensor>,
    };
  },
  top_k_accuracy_score(inputs) {
    const { input, setting } = inputs;
    const reduction = setting('normalize') ? 'mean' : 'sum';
    const k = setting('k') as number;
    // Scores of yes: the more likely of two classes.
    if (input('y_score').rank === 1) {
      return single(metrics.binaryAccuracy, input('y_score'), input('y_true'), { reduction });
    }
    return single(metrics.topKAccuracy, input('y_score'), columnsOf(inputs, 'y_score'), { k, reduction });
  },
  log_loss(inputs) {
    const options = {
      epsilon: inputs.setting('eps') as number,
      reduction: inputs.setting('normalize') ? 'mean' : 'sum',
    } as const;
    return single(metrics.logLoss, ...answersOf(inputs, 'y_pred'), options);
  },
  brier_score_loss(inputs) {
    for (const name of ['multi_class', 'scale_by_half']) inputs.setting(name);
    return single(metrics.brierScore, ...answersOf(inputs, 'y_prob'), {});
  },
  hinge_loss: (inputs) => single(metrics.hingeLoss, ...answersOf(inputs, 'pred_decision'), {}),
  roc_curve(inputs) {
    return {
      metric: metrics.rocCurve,
      prediction: inputs.input('y_score'),
      target: positives(inputs),
      options: { dropIntermediate: inputs.setting('drop_intermediate') },
      outputs: ({ falsePositiveRate, truePositiveRate, thresholds }: metrics.RocCurve) => ({
        fpr: falsePositiveRate,
        tpr: truePositiveRate,
        thresholds,
      }),
    };
  },
  precision_recall_curve: (inputs) => ({
    metric: metrics.precisionRecallCurve,
    prediction: inputs.input('y_score'),
    target: positives(inputs),
    options: {},
    outputs: ({ precision, recall, thresholds }: metrics.PrecisionRecallCurve) => ({ precision, recall, thresholds }),
  }),
  roc_auc_score(inputs) {
    const { setting } = inputs;
    const options = {
      average: average(setting),
      multiClass: (setting('multi_class') ?? 'ovr') as 'ovr' | 'ovo',
      maxFalsePositiveRate: (setting('max_fpr') ?? undefined) as number | undefined,
    };
    return single(metrics.rocAuc, ...scoresOf(inputs), options);
  },
  average_precision_score: (inputs) =>
    single(metrics.averagePrecision, ...scoresOf(inputs), { average: average(inputs.setting) }),
  mean_squared_error: ofQuantities(metrics.meanSquaredError),
  root_mean_squared_error: ofQuantities(metrics.rootMeanSquaredError),
  mean_absolute_error: ofQuantities(metrics.meanAbsoluteError),
  mean_absolute_percentage_error: ofQuantities(metrics.meanAbsolutePercentageError, (setting) => ({
    epsilon: setting('epsilon'),
  })),
  mean_squared_log_error: ofQuantities(metrics.meanSquaredLogarithmicError),
  median_absolute_error: ofQuantities(metrics.medianAbsoluteError),
  max_error: ofQuantities(metrics.maxError),
  r2_score: ofQuantities(metrics.r2Score, (setting) => ({ finite: setting('force_finite') ?? true })),
  explained_variance_score: ofQuantities(metrics.explainedVariance, (setting) => ({
    finite: setting('force_finite') ?? true,
  })),
  pearsonr: ofQuantities(metrics.pearsonCorrelation),
};

test('every recorded case is replayed', () => {
  expect(cases).toHaveLength(644);
  expect([...new Set(cases.map(({ op }) => op))].filter((op) => !(op in ours))).toEqual([]);
});

/** The rows of a tensor, in batches of 1, 2, 3, … rows. */
function batchesOf(x: Tensor): readonly Tensor[] {
  const batches: Tensor[] = [];
  for (let start = 0, size = 1; start < x.shape[0]!; start += size, size++) {
    batches.push(x.slice([start, Math.min(start + size, x.shape[0]!)]));
  }
  return batches;
}

/** A case in a precision: its call, and the settings that it did not ask for. */
function callOf({ op, config, inputs }: MetricCase, dtype: DType): Call {
  const used = new Set<string>();
  const setting: Setting = (name) => (used.add(name), config[name]);
  const call = ours[op]!({ input: (name) => read(inputs[name]!, dtype), setting });
  expect(Object.keys(config).filter((name) => !used.has(name))).toEqual([]);
  return call;
}

/** What differs from the recorded outputs, by their names. */
function faultsOf(
  got: Readonly<Record<string, Tensor>>,
  { outputs, tolerance }: MetricCase,
  dtype: 'float32' | 'float64',
): readonly string[] {
  expect(Object.keys(got).toSorted()).toEqual(Object.keys(outputs).toSorted());
  return Object.entries(outputs).flatMap(([name, want]) => {
    const fault = faultOf(got[name]!, want, tolerance[dtype]);
    return fault === undefined ? [] : [`${name}: ${fault}`];
  });
}

const titled = cases.map((golden, at) => ({
  title: `${at} ${golden.op} ${golden.name ?? ''} ${JSON.stringify(golden.config)}`,
  golden,
}));

describe.each(['float64', 'float32'] as const)('as in scikit-learn, from %s', (dtype) => {
  test.each(titled)('$title', ({ golden }) => {
    const { metric, prediction, target, options = {}, outputs, text } = callOf(golden, dtype);
    const weights = golden.inputs['sample_weight'] && read(golden.inputs['sample_weight'], dtype);
    const result = metric(prediction, target, { ...options, weights });
    expect(faultsOf(outputs(result), golden, dtype)).toEqual([]);
    if (text) expect(text(result)).toBe(golden.text);
  });

  test.each(titled)('over batches: $title', ({ golden }) => {
    const { metric, prediction, target, options, outputs, text } = callOf(golden, dtype);
    const weights = golden.inputs['sample_weight'] && batchesOf(read(golden.inputs['sample_weight'], dtype));
    const total = metric.overBatches(options);
    const targets = batchesOf(target);
    for (const [at, batch] of batchesOf(prediction).entries())
      total.update(batch, targets[at]!, { weights: weights?.[at] });
    expect(faultsOf(outputs(total.result()), golden, dtype)).toEqual([]);
    if (text) expect(text(total.result())).toBe(golden.text);
  });
});
