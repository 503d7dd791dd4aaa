import { arange, type Tensor } from '@nn/tensor';
import type { ClassOptions } from './class-counts.ts';
import type { Metric } from './metric.ts';
import { ofConfusionMatrix } from './of-confusion-matrix.ts';

/** The options of `cohenKappa`. */
export interface CohenKappaOptions extends ClassOptions {
  /**
   * How bad it is to take class i for class j, by their places in the matrix: all the same (`none`, the default), |i − j|
   * (`linear`) or (i − j)² (`quadratic`).
   */
  readonly distance?: 'none' | 'linear' | 'quadratic' | undefined;
}

/**
 * Cohen's kappa: how far predicted and right classes agree beyond chance, 1 if all are right, 0 for guessing.
 *
 *   κ = 1 − Σ w · counts / Σ w · expected,  expected = actual · predicted / N
 *
 * NaN when there is one class only. (In scikit-learn `distance` is called weights.)
 *
 * @param prediction  logits or probabilities, shape [N, classes]; or class indices, int32, shape [N]
 * @param labels      the right class of each row, int32, shape [N]; or class probabilities, shape [N, classes]
 * @returns           scalar, float64
 * @throws ShapeError when prediction and labels do not fit each other, or a class index is out of range
 * @throws DTypeError when class indices are not int32
 * @throws TypeError when an option is unknown
 * @example String(cohenKappa(tensor([1, 1, 0, 1], { dtype: 'int32' }), tensor([1, 0, 0, 1], { dtype: 'int32' })))   // 0.5
 * @see Cohen, A Coefficient of Agreement for Nominal Scales (1960)
 */
export const cohenKappa: Metric<CohenKappaOptions> = ofConfusionMatrix<CohenKappaOptions>(
  'cohenKappa',
  ['distance'],
  (matrix, { distance = 'none' }) => {
    const weight = distances(matrix.shape[0]!, distance);
    const expected = matrix
      .sum(1, { keepdims: true })
      .mul(matrix.sum(0, { keepdims: true }))
      .div(matrix.sum());
    return matrix.mul(weight).sum().div(expected.mul(weight).sum()).neg().add(1);
  },
);

function distances(classes: number, distance: CohenKappaOptions['distance']): Tensor {
  const place = arange(classes, { dtype: 'float64' });
  const apart = place.expandDims(1).sub(place).abs();
  if (distance === 'none') return apart.greater(0).cast('float64');
  if (distance === 'linear') return apart;
  if (distance === 'quadratic') return apart.mul(apart);
  throw new TypeError(
    `cohenKappa: distance must be 'none', 'linear' or 'quadratic', got ${String(distance)}. Leave it out for 'none'.`,
  );
}
