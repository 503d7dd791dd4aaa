import { DTypeError, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { addSums, metric, type Metric, type MetricOptions } from './metric.ts';

/** How the hits of all samples become one number. */
export interface ScoreOptions extends MetricOptions {
  /** `mean`, the default: the fraction of hits. `sum`: their number. */
  readonly reduction?: 'mean' | 'sum';
}

/** The sum of the weights of the hits, and that of all; without weights their numbers, int32. */
interface Hits extends Readonly<Record<string, Tensor>> {
  readonly hits: Tensor;
  readonly all: Tensor;
}

/**
 * A metric that is a fraction of hits: Σ weight · hit / Σ weight, over all elements, shape [N, ...]; with
 * `reduction: 'sum'` Σ weight · hit.
 *
 * @param hits  whether each element is right, bool
 */
/* @__NO_SIDE_EFFECTS__ */
export function score<Options extends ScoreOptions>(
  name: string,
  options: readonly string[],
  hits: (prediction: Tensor, target: Tensor, options: Options) => Tensor,
): Metric<Options> {
  return metric<Options, Hits>({
    name,
    options: [...options, 'reduction'],
    measure(prediction, target, given) {
      checkReduction(name, given.reduction);
      const right = hits(prediction, target, given);
      const weights = rowWeights(name, given.weights, right);
      if (!weights) return { hits: right.sum(), all: right.equal(right).sum() };
      return { hits: weights.mul(right).sum(), all: weights.sum() };
    },
    merge: addSums,
    result({ hits: right, all }, { reduction }) {
      return reduction === 'sum' ? right : right.cast('float64').div(all);
    },
  });
}

function checkReduction(caller: string, reduction: ScoreOptions['reduction'] = 'mean'): void {
  if (reduction === 'mean' || reduction === 'sum') return;
  throw new TypeError(
    `${caller}: reduction must be 'mean' or 'sum', got ${String(reduction)}. Leave it out for the fraction of hits.`,
  );
}

/**
 * The weight of each element, float64, from that of its row; undefined without weights.
 *
 * @throws ShapeError, DTypeError as `checkWeights` does
 */
export function rowWeights(caller: string, weights: Tensor | undefined, { shape }: Tensor): Tensor | undefined {
  if (weights === undefined) return undefined;
  checkWeights(caller, weights, shape[0]!);
  const columns = shape.map((length, axis) => (axis === 0 ? length : 1));
  return weights.cast('float64').reshape(columns).expand(shape);
}

/**
 * @throws ShapeError when there is not one weight for each row
 * @throws DTypeError when the weights are bool
 */
export function checkWeights(caller: string, weights: Tensor, rows: number): void {
  if (weights.rank !== 1 || weights.shape[0] !== rows) {
    throw new ShapeError(
      `${caller}: weights must have one number for each of the ${rows} rows, shape [${rows}], got ` +
        `${showShape(weights.shape)}. Reshape them.`,
    );
  }
  if (weights.dtype === 'bool') {
    throw new DTypeError(`${caller}: weights must be numbers, got bool. Write weights.cast('float32').`);
  }
}
