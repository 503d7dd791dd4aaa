import { DTypeError, ShapeError, showShape, type Tensor } from '@nn/tensor';

/** How the hits of all samples become one number. */
export interface ScoreOptions {
  /** `mean`, the default: the fraction of hits. `sum`: their number. */
  readonly reduction?: 'mean' | 'sum';
  /** How much each row counts, shape [N]; 1 unless given. */
  readonly weights?: Tensor | undefined;
}

/** Their names, for `checkOptions`. */
export const scoreOptions: readonly string[] = ['reduction', 'weights'];

/**
 * Hits, shape [N, ...], as one number: their fraction or their number. With weights: Σ weight · hit, divided by Σ weight
 * for the fraction.
 *
 * @returns scalar; float64, or int32 for a number without weights
 */
export function score(caller: string, hits: Tensor, { reduction = 'mean', weights }: ScoreOptions): Tensor {
  if (reduction !== 'mean' && reduction !== 'sum') {
    throw new TypeError(
      `${caller}: reduction must be 'mean' or 'sum', got ${String(reduction)}. Leave it out for the fraction of hits.`,
    );
  }
  if (weights === undefined) return reduction === 'mean' ? hits.mean() : hits.sum();
  checkWeights(caller, weights, hits.shape[0]!);
  const columns = hits.shape.map((_, axis) => (axis === 0 ? weights.size : 1));
  const weight = weights.cast('float64').reshape(columns).expand(hits.shape);
  const hit = weight.mul(hits).sum();
  return reduction === 'mean' ? hit.div(weight.sum()) : hit;
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
