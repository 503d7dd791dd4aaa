import { faultOf, type GoldenCase, goldenCases, type GoldenTensor, read } from '@nn/golden';
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
};

/** What is not replayed, and why. */
const missing: Readonly<Record<string, string>> = {
  top_k_accuracy_score: 'has no metric here yet',
  precision_recall_fscore_support: 'has no metric here yet',
  roc_curve: 'has no metric here yet',
  roc_auc_score: 'has no metric here yet',
  average_precision_score: 'has no metric here yet',
  precision_recall_curve: 'has no metric here yet',
  log_loss: 'has no metric here yet',
  brier_score_loss: 'has no metric here yet',
  hinge_loss: 'has no metric here yet',
  mean_squared_error: 'has no metric here yet',
  root_mean_squared_error: 'has no metric here yet',
  mean_absolute_error: 'has no metric here yet',
  median_absolute_error: 'has no metric here yet',
  max_error: 'has no metric here yet',
  r2_score: 'has no metric here yet',
  explained_variance_score: 'has no metric here yet',
  mean_absolute_percentage_error: 'has no metric here yet',
  mean_squared_log_error: 'has no metric here yet',
  pearsonr: 'has no metric here yet',
};

test('every recorded case is replayed, apart from those with a reason', () => {
  expect(cases).toHaveLength(644);
  expect([...new Set(cases.map(({ op }) => op))].filter((op) => !(op in ours) && !(op in missing))).toEqual([]);
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

/** Compares with recorded values, where NaN and the infinities are text. */
function faultsOf(
  got: Readonly<Record<string, Tensor>>,
  { outputs, tolerance }: MetricCase,
  dtype: 'float32' | 'float64',
) {
  expect(Object.keys(got).toSorted()).toEqual(Object.keys(outputs).toSorted());
  return Object.entries(outputs).flatMap(([name, want]) => {
    const data = want.data.map(Number);
    const special = (x: ArrayLike<number>): string =>
      Array.from(x, (value) => (Number.isFinite(value) ? 0 : value)).join();
    if (special(got[name]!.data) !== special(data))
      return [`${name} is ${String(got[name])}, and should be ${String(data)}`];
    const finite = (x: Tensor): Tensor => (x.dtype === 'int32' ? x : x.abs().less(Infinity).where(x, 0));
    const wanted: GoldenTensor = { ...want, data: data.map((value) => (Number.isFinite(value) ? value : 0)) };
    const fault = faultOf(finite(got[name]!), wanted, tolerance[dtype]);
    return fault === undefined ? [] : [`${name}: ${fault}`];
  });
}

const titled = cases
  .filter(({ op }) => op in ours)
  .map((golden, at) => ({ title: `${at} ${golden.op} ${golden.name ?? ''} ${JSON.stringify(golden.config)}`, golden }));

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
