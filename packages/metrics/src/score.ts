import { DTypeError, ShapeError, showShape, type Tensor } from '@nn/tensor';

/** How single hits become one number. */
export interface ScoreOptions {
  /** `mean`, the default: the share of hits. `sum`: their number. */
  readonly reduction?: 'mean' | 'sum';
  /** How much each row counts, shape [N]; without it all count alike. */
  readonly weights?: Tensor | undefined;
}

/**
 * Hits, shape [N, ...], as one number: their share or their number, or Σ weight · hit, divided by Σ weight for the share.
 *
 * @returns scalar; float64, or int32 for a number without weights
 */
export function score(asked: string, hits: Tensor, { reduction = 'mean', weights }: ScoreOptions): Tensor {
  if (reduction !== 'mean' && reduction !== 'sum') {
    throw new TypeError(
      `${asked}: reduction must be 'mean' or 'sum', got ${String(reduction)}. Leave it out for the share of hits.`,
    );
  }
  if (weights === undefined) return reduction === 'mean' ? hits.mean() : hits.sum();
  checkWeights(asked, weights, hits.shape[0]!);
  const columns = hits.shape.map((_, axis) => (axis === 0 ? weights.size : 1));
  const weight = weights.cast('float64').reshape(columns).expand(hits.shape);
  const hit = weight.mul(hits).sum();
  return reduction === 'mean' ? hit.div(weight.sum()) : hit;
}

/**
 * @throws ShapeError when there is not one weight for each row
 * @throws DTypeError when the weights are no numbers
 */
export function checkWeights(asked: string, weights: Tensor, rows: number): void {
  if (weights.rank !== 1 || weights.shape[0] !== rows) {
    throw new ShapeError(
      `${asked}: weights must have one number for each of the ${rows} rows, shape [${rows}], got ` +
        `${showShape(weights.shape)}. Reshape them.`,
    );
  }
  if (weights.dtype === 'bool') {
    throw new DTypeError(`${asked}: weights must be numbers, got bool. Write weights.cast('float32').`);
  }
}
