import { checkNumber, checkOptions, sameShape, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { epochsOf } from './epochs.ts';

/** The options of `zigzag`. */
export interface ZigzagOptions {
  /** The fraction of batches in which all gradients of a neuron have one sign, from which it may zigzag; 0.9 unless given. */
  readonly share?: number | undefined;
  /** The mean cosine of successive updates below which it zigzags; −0.3 unless given. */
  readonly cosine?: number | undefined;
}

/** Neurons whose weights go to and fro. */
export interface Zigzag {
  /** Whether there are any. */
  readonly found: boolean;
  /** Their indices. */
  readonly neurons: readonly number[];
  /** The fraction of batches in which all gradients into a neuron have one sign, of each neuron. */
  readonly shares: readonly number[];
  /** The mean cosine of successive updates, of each neuron; NaN of less than two. */
  readonly cosines: readonly number[];
}

/**
 * Neurons whose weights zigzag: all gradients into a neuron have one sign, as they have when all its inputs are positive,
 * and successive updates point apart. Inputs around 0, as tanh gives and sigmoid does not, or momentum help.
 *
 * @param gradients  of the weights, in each batch, shape [batches, inputs, neurons]
 * @param updates    the changes of the weights that were made, of the same shape
 * @throws ShapeError when the shapes differ, or have another number of axes
 * @throws TypeError, RangeError when an option is unknown or out of range
 * @example zigzag(tensor([[[1], [2]], [[-1], [-2]]]), tensor([[[-1], [-2]], [[1], [2]]])).found   // true
 * @see LeCun, Bottou, Orr, Müller, Efficient BackProp (1998), §4.3
 */
export function zigzag(gradients: Tensor, updates: Tensor, options: ZigzagOptions = {}): Zigzag {
  const caller = 'zigzag';
  const { share = 0.9, cosine = -0.3 } = checkOptions(caller, options, ['share', 'cosine']);
  checkNumber(caller, 'share', share, share > 0 && share <= 1, 'a number above 0, at most 1', 'Leave it out for 0.9.');
  checkNumber(caller, 'cosine', cosine, cosine >= -1 && cosine <= 1, 'a number from -1 to 1', 'Leave it out for -0.3.');
  const [slopes, steps] = [gradients, updates].map((each) =>
    epochsOf(caller, each, 3, '[batches, inputs, neurons]'),
  ) as [readonly Float64Array[], readonly Float64Array[]];
  if (!sameShape(gradients.shape, updates.shape)) {
    throw new ShapeError(
      `${caller}: gradients ${showShape(gradients.shape)} and updates ${showShape(updates.shape)} must have one shape. ` +
        `Give both of the same batches.`,
    );
  }
  const width = gradients.shape[2]!;
  const into = (batch: Float64Array, neuron: number): Float64Array => batch.filter((_, at) => at % width === neuron);
  const every = Array.from({ length: width }, (_, neuron) => neuron);
  const shares = every.map((neuron) => {
    const oneSign = slopes.filter((batch) => {
      const own = into(batch, neuron);
      return own.every((slope) => slope > 0) || own.every((slope) => slope < 0);
    });
    return oneSign.length / slopes.length;
  });
  const cosines = every.map((neuron) => {
    const own = steps.map((batch) => into(batch, neuron));
    const between = own.slice(1).map((step, at) => cosineOf(step, own[at]!));
    return between.reduce((sum, each) => sum + each, 0) / between.length;
  });
  const neurons = every.filter((neuron) => shares[neuron]! >= share && cosines[neuron]! < cosine);
  return { found: neurons.length > 0, neurons, shares, cosines };
}

/** The cosine of the angle between two updates; 0 where one of them changes nothing. */
function cosineOf(a: Float64Array, b: Float64Array): number {
  const dot = (x: Float64Array, y: Float64Array): number => x.reduce((sum, value, at) => sum + value * y[at]!, 0);
  const lengths = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
  return lengths === 0 ? 0 : dot(a, b) / lengths;
}
