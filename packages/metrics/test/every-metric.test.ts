import { compile, concat, DTypeError, ShapeError, tensor, type Tensor } from '@nn/tensor';
import { wasm } from '@nn/tensor/wasm';
import { describe, expect, test } from 'vitest';
import * as exports from '../src/index.ts';
import type { Metric, MetricOptions } from '../src/index.ts';

/** Predictions and targets of six rows, a misspelt option, and the end of the message that refuses it. */
interface Sample {
  readonly prediction: Tensor;
  readonly target: Tensor;
  readonly options?: object;
  readonly unknown: readonly [option: string, rest: string];
  /** Why it cannot run within a compiled function, where it cannot. */
  readonly eager?: string;
}

const int32 = { dtype: 'int32' } as const;
const classes = { prediction: tensor([0, 1, 1, 0, 1, 0], int32), target: tensor([0, 1, 0, 0, 1, 1], int32) };
const probabilities = tensor([0.1, 0.9, 0.6, 0.2, 0.8, 0.4]);
const yesOrNo = { prediction: probabilities, target: classes.target };
const quantities = { prediction: tensor([1, 2, 3, 4, 5, 7]), target: tensor([1, 2.5, 2, 5, 5, 9]) };
const rows = tensor([
  [0.5, 0.3, 0.2],
  [0.1, 0.6, 0.3],
  [0.4, 0.4, 0.2],
  [0.2, 0.1, 0.7],
  [0.3, 0.3, 0.4],
  [0.8, 0.1, 0.1],
]);
const columns = (first: Tensor, rest: Tensor): Tensor => concat([first.expandDims(1), rest], 1);
const given = { classes: 2 };
const sorts = 'it sorts numbers';
const averaged = 'classes, average, positive, weights. Did you mean average?';

const samples: Readonly<Record<string, Sample>> = {
  accuracy: { ...classes, unknown: ['weight', 'reduction, weights. Did you mean weights?'] },
  binaryAccuracy: {
    ...yesOrNo,
    unknown: ['treshold', 'threshold, reduction, weights. Did you mean threshold?'],
  },
  withinTolerance: {
    ...quantities,
    options: { tolerance: 0.75 },
    unknown: ['band', 'tolerance, reduction, weights. Leave it out.'],
  },
  confusionMatrix: {
    ...classes,
    options: given,
    unknown: ['numClasses', 'classes, normalize, weights. Did you mean classes?'],
  },
  precision: { ...classes, options: given, unknown: ['avrage', averaged] },
  recall: { ...classes, options: given, unknown: ['avrage', averaged] },
  jaccard: { ...classes, options: given, unknown: ['avrage', averaged] },
  fScore: {
    ...classes,
    options: given,
    unknown: ['bta', 'classes, average, positive, beta, weights. Did you mean beta?'],
  },
  balancedAccuracy: {
    ...classes,
    options: given,
    unknown: ['adjust', 'classes, adjusted, weights. Did you mean adjusted?'],
  },
  cohenKappa: {
    ...classes,
    options: given,
    unknown: ['distances', 'classes, distance, weights. Did you mean distance?'],
  },
  matthewsCorrelation: { ...classes, options: given, unknown: ['class', 'classes, weights. Did you mean classes?'] },
  classificationReport: {
    ...classes,
    unknown: ['digit', 'classes, names, digits, weights. Did you mean digits?'],
    eager: 'its result is numbers and text',
  },
  topKAccuracy: {
    prediction: rows,
    target: tensor([0, 1, 2, 2, 1, 0], int32),
    unknown: ['top', 'k, reduction, weights. Leave it out.'],
  },
  logLoss: { ...yesOrNo, unknown: ['eps', 'epsilon, reduction, weights. Did you mean epsilon?'] },
  brierScore: { ...yesOrNo, unknown: ['normalize', 'reduction, weights. Leave it out.'] },
  hingeLoss: { ...yesOrNo, unknown: ['reducton', 'reduction, weights. Did you mean reduction?'] },
  calibrationError: {
    prediction: rows,
    target: tensor([0, 1, 2, 2, 1, 0], int32),
    options: { bins: 4 },
    unknown: ['bin', 'bins, kind, weights. Did you mean bins?'],
  },
  rocCurve: {
    ...yesOrNo,
    unknown: ['dropIntermediates', 'dropIntermediate, weights. Did you mean dropIntermediate?'],
    eager: sorts,
  },
  precisionRecallCurve: { ...yesOrNo, unknown: ['weight', 'weights. Did you mean weights?'], eager: sorts },
  rocAuc: {
    prediction: rows,
    target: tensor([0, 1, 2, 2, 1, 0], int32),
    options: { multiClass: 'ovo' },
    unknown: ['multiclass', 'average, multiClass, maxFalsePositiveRate, weights. Did you mean multiClass?'],
    eager: sorts,
  },
  averagePrecision: {
    prediction: rows,
    target: tensor([0, 1, 2, 2, 1, 0], int32),
    unknown: ['avrage', 'average, weights. Did you mean average?'],
    eager: sorts,
  },
  ...Object.fromEntries(
    [
      'meanSquaredError',
      'rootMeanSquaredError',
      'meanAbsoluteError',
      'meanSquaredLogarithmicError',
      'maxError',
      'pearsonCorrelation',
    ].map((name) => [name, { ...quantities, unknown: ['avrage', 'average, weights. Did you mean average?'] } as const]),
  ),
  medianAbsoluteError: {
    ...quantities,
    unknown: ['avrage', 'average, weights. Did you mean average?'],
    eager: sorts,
  },
  meanAbsolutePercentageError: {
    ...quantities,
    unknown: ['epslon', 'average, epsilon, weights. Did you mean epsilon?'],
  },
  r2Score: { ...quantities, unknown: ['forceFinite', 'average, finite, weights. Did you mean finite?'] },
  explainedVariance: {
    prediction: columns(quantities.prediction, rows),
    target: columns(quantities.target, rows.mul(rows)),
    options: { average: 'variance' },
    unknown: ['outputs', 'average, finite, weights. Leave it out.'],
  },
};

const metrics = Object.entries(exports).flatMap(([name, value]) =>
  'overBatches' in value ? [[name, value as unknown as Metric<MetricOptions, unknown>] as const] : [],
);

test('every metric is tested', () => {
  expect(Object.keys(samples).toSorted()).toEqual(metrics.map(([name]) => name).toSorted());
});

/** Numbers of a result, which may be a tensor, tensors by name, or numbers. */
const plain = (result: unknown): unknown => JSON.parse(JSON.stringify(result, (_, value: unknown) => numbersOf(value)));

function numbersOf(value: unknown): unknown {
  if (value instanceof Object && 'toArray' in value) return numbersOf((value as Tensor).toArray());
  return typeof value === 'number' ? value.toPrecision(12) : value;
}

const weights = tensor([1, 2, 0.5, 0.25, 1, 4]);

describe.each(metrics)('%s', (name, metric) => {
  const { prediction, target, options = {}, unknown } = samples[name]!;
  const batches: readonly (readonly [number, number])[] = [
    [0, 1],
    [1, 4],
    [4, 6],
  ];

  test('refuses options that it does not know', () => {
    const [option, rest] = unknown;
    const refusal = new TypeError(`Unknown option '${option}' of ${name}. It takes ${rest}`);
    expect(() => metric(prediction, target, { [option]: 1 } as MetricOptions)).toThrow(refusal);
    expect(() => metric.overBatches({ [option]: 1 })).toThrow(`Unknown option '${option}' of ${name}.overBatches.`);
    expect(() => metric.overBatches({ weights } as object)).toThrow(/Give them to update, with their batch/);
  });

  test('refuses what is no tensor, and weights that are not one for each row', () => {
    const array = [1, 0] as unknown as Tensor;
    expect(() => metric(array, target, options)).toThrow(DTypeError);
    expect(() => metric(prediction, array, options)).toThrow(DTypeError);
    expect(() => metric(prediction, target, { ...options, weights: tensor([1, 2]) })).toThrow(
      new ShapeError(`${name}: weights must have one number for each of the 6 rows, shape [6], got [2]. Reshape them.`),
    );
    expect(() => metric(prediction, target.slice([0, 3]), options)).toThrow(ShapeError);
  });

  test('is over batches what it is of all rows, with weights and without', () => {
    for (const given of [undefined, weights]) {
      const total = metric.overBatches(options);
      for (const rows of batches) {
        total.update(prediction.slice(rows), target.slice(rows), { weights: given?.slice(rows) });
      }
      expect(plain(total.result())).toEqual(plain(metric(prediction, target, { ...options, weights: given })));
    }
  });

  test('counts rows without weights once, beside a batch with weights', () => {
    const total = metric.overBatches(options);
    total.update(prediction.slice([0, 3]), target.slice([0, 3]));
    total.update(prediction.slice([3, 6]), target.slice([3, 6]), { weights: tensor([1, 1, 1]) });
    const together = { ...options, weights: tensor([1, 1, 1, 1, 1, 1]) };
    expect(plain(total.result())).toEqual(plain(metric(prediction, target, together)));
  });

  test('has no result before the first batch, and forgets all batches on reset', () => {
    const total = metric.overBatches(options);
    const none = new RangeError(`${name}.overBatches: there is no result without a batch. Call update first.`);
    expect(() => total.result()).toThrow(none);
    total.update(prediction.slice([0, 2]), target.slice([0, 2]));
    total.reset();
    expect(() => total.result()).toThrow(none);
    total.update(prediction, target);
    expect(plain(total.result())).toEqual(plain(metric(prediction, target, options)));
  });

  test('refuses a batch while a function is traced', () => {
    const total = metric.overBatches(options);
    const step = compile((x: Tensor, y: Tensor) => {
      total.update(x, y);
      return x;
    }, wasm);
    expect(() => step(prediction, target)).toThrow(/update is called within compile/);
  });
});

/** The metrics whose sample gives this reason to be eager. */
const withReason = (reason: string | undefined) => metrics.filter(([name]) => samples[name]!.eager === reason);

describe.each(withReason(sorts))('%s', (name, metric) => {
  const { prediction, target, options = {} } = samples[name]!;

  test('is refused within a compiled function, where there are no numbers to sort', () => {
    const step = compile((x: Tensor, y: Tensor) => (metric(x, y, options), x), wasm);
    expect(() => step(prediction, target)).toThrow(/compile/);
  });
});

describe.each(withReason(undefined))('%s', (name, metric) => {
  const { prediction, target, options = {} } = samples[name]!;

  test('gives the same compiled', () => {
    const step = compile((x: Tensor, y: Tensor, w: Tensor) => metric(x, y, { ...options, weights: w }) as Tensor, wasm);
    expect(plain(step(prediction, target, weights))).toEqual(
      plain(metric(prediction, target, { ...options, weights })),
    );
  });
});
