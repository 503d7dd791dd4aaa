import { type Tensor, where } from '@nn/tensor';
import { type Quantities, weightsOf } from './regression.ts';

/**
 * Means and sums of squares about them, of each output: they can be merged without the loss of digits that Σ x² − N · x̄²
 * would have.
 */
export interface Moments {
  /** Σ weight */
  readonly weight: Tensor;
  readonly meanPrediction: Tensor;
  readonly meanTarget: Tensor;
  /** Σ weight · (prediction − mean)² */
  readonly squaresPrediction: Tensor;
  readonly squaresTarget: Tensor;
  /** Σ weight · (prediction − mean) · (target − mean) */
  readonly products: Tensor;
  /** Σ weight · (target − prediction)², and about the mean of the errors */
  readonly squaredErrors: Tensor;
  readonly errorsAboutMean: Tensor;
  readonly meanError: Tensor;
  /** How many rows there are. */
  readonly rows: number;
}

export function momentsOf(given: Quantities): Moments {
  const { prediction, target } = given;
  const weights = weightsOf(given);
  const weight = weights.sum();
  const sum = (x: Tensor): Tensor => x.mul(weights).sum(0);
  const mean = (x: Tensor): Tensor => sum(x).div(weight);
  const error = target.sub(prediction);
  const [meanPrediction, meanTarget, meanError] = [mean(prediction), mean(target), mean(error)];
  const [p, t, e] = [prediction.sub(meanPrediction), target.sub(meanTarget), error.sub(meanError)];
  return {
    weight,
    meanPrediction,
    meanTarget,
    squaresPrediction: sum(p.mul(p)),
    squaresTarget: sum(t.mul(t)),
    products: sum(p.mul(t)),
    squaredErrors: sum(error.mul(error)),
    errorsAboutMean: sum(e.mul(e)),
    meanError,
    rows: target.shape[0]!,
  };
}

/**
 * The moments of the rows of both.
 *
 * @see Chan, Golub, LeVeque, Algorithms for Computing the Sample Variance (1983)
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const weight = a.weight.add(b.weight);
  const share = where(weight.equal(0), 0, b.weight.div(weight));
  type Mean = 'meanPrediction' | 'meanTarget' | 'meanError';
  type Sum = 'squaresPrediction' | 'squaresTarget' | 'products' | 'squaredErrors' | 'errorsAboutMean';
  const apart = (name: Mean): Tensor => b[name].sub(a[name]);
  const mean = (name: Mean): Tensor => a[name].add(apart(name).mul(share));
  const added = (name: Sum): Tensor => a[name].add(b[name]);
  const about = (name: Sum, x: Mean, y: Mean): Tensor =>
    added(name).add(apart(x).mul(apart(y)).mul(a.weight).mul(share));
  return {
    weight,
    meanPrediction: mean('meanPrediction'),
    meanTarget: mean('meanTarget'),
    meanError: mean('meanError'),
    squaresPrediction: about('squaresPrediction', 'meanPrediction', 'meanPrediction'),
    squaresTarget: about('squaresTarget', 'meanTarget', 'meanTarget'),
    products: about('products', 'meanPrediction', 'meanTarget'),
    squaredErrors: added('squaredErrors'),
    errorsAboutMean: about('errorsAboutMean', 'meanError', 'meanError'),
    rows: a.rows + b.rows,
  };
}
