import { checkNumber, checkOptions, type Tensor } from '@nn/tensor';
import { epochsOf } from './epochs.ts';

/** The options of `explodingGradients`. */
export interface ExplodingGradientsOptions {
  /** The norm above which gradients explode; 1000 unless given. */
  readonly limit?: number | undefined;
}

/** Where a gradient became too large first. */
export interface ExplodingGradients {
  readonly found: boolean;
  /** The first epoch, counted from 0, and the first layer in it; undefined where none is. */
  readonly epoch: number | undefined;
  readonly layer: number | undefined;
  /** The norm there, which may be NaN; otherwise the largest of all. */
  readonly norm: number;
}

/**
 * Whether gradients explode: a norm is above 1000, infinite or NaN. A lower learning rate or clipping helps.
 *
 * @param norms  the norm of the gradient of each layer in each epoch, shape [epochs, layers]
 * @throws ShapeError when the norms have another number of axes
 * @throws TypeError, RangeError when an option is unknown or out of range
 * @example explodingGradients(tensor([[1, 2], [5, 4000]])).layer   // 1
 */
export function explodingGradients(norms: Tensor, options: ExplodingGradientsOptions = {}): ExplodingGradients {
  const caller = 'explodingGradients';
  const { limit = 1000 } = checkOptions(caller, options, ['limit']);
  checkNumber(caller, 'limit', limit, limit > 0 && limit < Infinity, 'a positive number', 'Leave it out for 1000.');
  const history = epochsOf(caller, norms, 2, '[epochs, layers]');
  // NaN is not at most the limit.
  const layers = history.map((each) => each.findIndex((norm) => !(norm <= limit)));
  const epoch = layers.findIndex((layer) => layer >= 0);
  if (epoch >= 0) return { found: true, epoch, layer: layers[epoch]!, norm: history[epoch]![layers[epoch]!]! };
  const largest = history.reduce((most, each) => each.reduce((a, b) => Math.max(a, b), most), 0);
  return { found: false, epoch: undefined, layer: undefined, norm: largest };
}
