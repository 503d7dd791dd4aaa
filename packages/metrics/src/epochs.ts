import { checkNumber, checkTensor, ShapeError, showShape, type Tensor } from '@nn/tensor';

/**
 * What was recorded in each epoch, as rows of numbers in float64.
 *
 * @param history  [epochs, ...], the last epoch last
 * @throws ShapeError when it has another number of axes
 */
export function epochsOf(caller: string, history: Tensor, rank: number, shape: string): readonly Float64Array[] {
  if (checkTensor(history, caller).rank !== rank) {
    throw new ShapeError(
      `${caller}: what was recorded must have shape ${shape}, got ${showShape(history.shape)}. ` +
        `Write stack(values) for a list with one tensor for each epoch.`,
    );
  }
  const data = history.cast('float64').data as Float64Array;
  const [epochs, width] = [history.shape[0]!, history.shape.slice(1).reduce((size, length) => size * length, 1)];
  return Array.from({ length: epochs }, (_, epoch) => data.subarray(epoch * width, (epoch + 1) * width));
}

/**
 * Refuses a number of epochs that is no positive integer.
 *
 * @throws TypeError, RangeError when it is not
 */
export function checkEpochs(caller: string, epochs: number, usual: number): void {
  const fits = Number.isInteger(epochs) && epochs > 0;
  checkNumber(caller, 'epochs', epochs, fits, 'a positive integer', `Leave it out for ${usual}.`);
}

/** For how many epochs, up to the last, something has held without a break. */
export function lasting<Epoch>(epochs: readonly Epoch[], holds: (epoch: Epoch) => boolean): number {
  return epochs.length - 1 - epochs.findLastIndex((epoch) => !holds(epoch));
}
