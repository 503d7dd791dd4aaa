import { DTypeError, ones, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { addSums, metric, type Metric, type MetricOptions } from './metric.ts';
import { checkOneShape } from './one-shape.ts';
import { checkWeights } from './score.ts';

/** How the errors of several outputs become one number. */
export interface ErrorOptions extends MetricOptions {
  /** `mean`, the default, or `none`: one number for each output. */
  readonly average?: 'mean' | 'none' | undefined;
}

/** Predictions and targets, [N, outputs], and the weight of each row, [N, 1], in float64. */
export interface Quantities {
  readonly prediction: Tensor;
  readonly target: Tensor;
  /** undefined without weights */
  readonly weights: Tensor | undefined;
}

/**
 * Predicted quantities and their targets in float64, in columns.
 *
 * @throws ShapeError when the shapes differ, or are neither [N] nor [N, outputs], or there is not one weight for each row
 * @throws DTypeError when they are bool
 */
export function quantities(caller: string, prediction: Tensor, target: Tensor, { weights }: MetricOptions): Quantities {
  checkOneShape(caller, prediction, target);
  if (prediction.rank > 2) {
    throw new ShapeError(
      `${caller}: prediction and target must have shape [N] or [N, outputs], got ${showShape(prediction.shape)}. ` +
        `Reshape both.`,
    );
  }
  for (const each of [prediction, target]) {
    if (each.dtype === 'bool') {
      throw new DTypeError(`${caller}: prediction and target must be numbers, got bool. Write .cast('float32').`);
    }
  }
  if (weights !== undefined) checkWeights(caller, weights, prediction.shape[0]!);
  const columns = (x: Tensor): Tensor => (x.rank === 1 ? x.expandDims(1) : x).cast('float64');
  return {
    prediction: columns(prediction),
    target: columns(target),
    weights: weights && columns(weights),
  };
}

/** The weights of rows, 1 without weights, [N, 1]. */
export function weightsOf({ weights, target }: Quantities): Tensor {
  return weights ?? ones([target.shape[0]!, 1], { dtype: 'float64' });
}

/** The sum of the weighted losses of each output, and that of the weights. */
interface Losses extends Readonly<Record<string, Tensor>> {
  readonly losses: Tensor;
  readonly weight: Tensor;
}

/**
 * A metric that is the weighted mean of a loss of each output: Σ weight · loss / Σ weight, averaged over the outputs.
 *
 * @param known   the names of further options
 * @param loss    of each element, from predictions and targets [N, outputs]
 * @param finish  what to make of the mean of each output
 */
/* @__NO_SIDE_EFFECTS__ */
export function meanLoss<Options extends ErrorOptions>(
  name: string,
  known: readonly string[],
  loss: (prediction: Tensor, target: Tensor, options: Options) => Tensor,
  finish: (mean: Tensor) => Tensor = (mean) => mean,
): Metric<Options> {
  return metric<Options, Losses>({
    name,
    options: ['average', ...known],
    measure(prediction, target, options) {
      checkAverage(name, options.average, ['mean', 'none']);
      const given = quantities(name, prediction, target, options);
      const weights = weightsOf(given);
      const losses = loss(given.prediction, given.target, options).mul(weights).sum(0);
      return { losses, weight: weights.sum() };
    },
    merge: addSums,
    result: ({ losses, weight }, { average }) => averaged(finish(losses.div(weight)), average),
  });
}

/**
 * Refuses another way to average than those that a metric has.
 *
 * @throws TypeError
 */
export function checkAverage(caller: string, average: string | undefined, known: readonly string[]): void {
  if (average === undefined || known.includes(average)) return;
  const names = known.map((name) => `'${name}'`);
  throw new TypeError(
    `${caller}: average must be ${names.slice(0, -1).join(', ')} or ${names.at(-1)}, got ${String(average)}. ` +
      `Leave it out for ${names[0]}.`,
  );
}

/** Several outputs as the option says. */
export function averaged(each: Tensor, average: ErrorOptions['average'] = 'mean'): Tensor {
  return average === 'mean' ? each.mean() : each;
}
