import { checkOptions, sameShape, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { checkEpochs, epochsOf } from './epochs.ts';

/** The options of `overfitting`. */
export interface OverfittingOptions {
  /** For how many epochs the losses must have gone apart; 30 unless given. */
  readonly epochs?: number | undefined;
}

/** Whether the losses of the training data and of held-back data go apart. */
export interface Overfitting {
  readonly found: boolean;
  /** The epoch with the lowest loss of the held-back data, counted from 0. */
  readonly bestEpoch: number;
  /** How much the losses change in one epoch, by a straight line through the last epochs; NaN while there are too few. */
  readonly trainingSlope: number;
  readonly validationSlope: number;
}

/**
 * Whether a model overfits: the loss of held-back data has been rising for 30 epochs while that of the training data falls.
 * Stop at the best epoch; more data, a smaller network, weight decay or dropout help.
 *
 * Rising and falling are the slopes of straight lines through the last epochs, so that single noisy epochs do not matter,
 * and the lowest loss of the held-back data must lie before them, or be their first.
 *
 * @param training    the loss of the training data in each epoch, shape [epochs]
 * @param validation  the loss of held-back data in each epoch, of the same shape
 * @throws ShapeError when the shapes differ, or have another number of axes
 * @throws TypeError, RangeError when an option is unknown or out of range
 * @example overfitting(tensor([4, 3, 2, 1]), tensor([2, 1, 1.5, 2]), { epochs: 3 }).found   // true
 */
export function overfitting(training: Tensor, validation: Tensor, options: OverfittingOptions = {}): Overfitting {
  const caller = 'overfitting';
  const { epochs = 30 } = checkOptions(caller, options, ['epochs']);
  checkEpochs(caller, epochs, 30);
  const [train, held] = [training, validation].map((each) =>
    epochsOf(caller, each, 1, '[epochs]').map((loss) => loss[0]!),
  ) as [number[], number[]];
  if (!sameShape(training.shape, validation.shape)) {
    throw new ShapeError(
      `${caller}: training ${showShape(training.shape)} and validation ${showShape(validation.shape)} must have one ` +
        `shape. Give both of the same epochs.`,
    );
  }
  const bestEpoch = held.reduce((best, loss, epoch) => (loss < held[best]! ? epoch : best), 0);
  const [trainingSlope, validationSlope] = [train, held].map((losses) =>
    losses.length < epochs ? NaN : slopeOf(losses.slice(-epochs)),
  ) as [number, number];
  const found = bestEpoch <= held.length - epochs && validationSlope > 0 && trainingSlope < 0;
  return { found, bestEpoch, trainingSlope, validationSlope };
}

/** The slope of the straight line that fits values at 0, 1, 2, … best. */
function slopeOf(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const [products, squares] = [
    values.reduce((sum, value, at) => sum + (at - middle) * value, 0),
    values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0),
  ];
  return products / squares;
}
