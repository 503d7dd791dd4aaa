import { checkNumber, checkOptions, type Tensor } from '@nn/tensor';
import { checkEpochs, epochsOf, lasting } from './epochs.ts';

/** The options of `vanishingGradients`. */
export interface VanishingGradientsOptions {
  /** For how many epochs it must have lasted; 20 unless given. */
  readonly epochs?: number | undefined;
  /** The ratio of the first layer's norm to the last layer's below which gradients vanish; 1e-3 unless given. */
  readonly ratio?: number | undefined;
}

/** Whether gradients become small on their way to the first layer. */
export interface VanishingGradients {
  readonly found: boolean;
  /** ‖gradient of the first layer‖ / ‖gradient of the last layer‖, in the last epoch. */
  readonly ratio: number;
  /** For how many epochs it has been too small, up to the last. */
  readonly lastingEpochs: number;
}

/**
 * Whether gradients vanish: those of the first layer are less than a thousandth of those of the last, for many epochs, so
 * that the first layers hardly learn. ReLU, another start of the weights, normalization or fewer layers help.
 *
 * Where both norms are 0 nothing vanishes on the way: then the loss has no gradient.
 *
 * @param norms  the norm of the gradient of each layer in each epoch, the first layer first, shape [epochs, layers]
 * @throws ShapeError when the norms have another number of axes
 * @throws TypeError, RangeError when an option is unknown or out of range
 * @example vanishingGradients(tensor([[1e-6, 1], [1e-6, 1]]), { epochs: 2 }).found   // true
 * @see Hochreiter, Untersuchungen zu dynamischen neuronalen Netzen (1991)
 */
export function vanishingGradients(norms: Tensor, options: VanishingGradientsOptions = {}): VanishingGradients {
  const caller = 'vanishingGradients';
  const { epochs = 20, ratio = 1e-3 } = checkOptions(caller, options, ['epochs', 'ratio']);
  checkEpochs(caller, epochs, 20);
  checkNumber(caller, 'ratio', ratio, ratio > 0 && ratio < 1, 'a number between 0 and 1', 'Leave it out for 1e-3.');
  const ratios = epochsOf(caller, norms, 2, '[epochs, layers]').map((each) => each[0]! / each.at(-1)!);
  const lastingEpochs = lasting(ratios, (each) => each < ratio);
  return { found: lastingEpochs >= epochs, ratio: ratios.at(-1) ?? NaN, lastingEpochs };
}
