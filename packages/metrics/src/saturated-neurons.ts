import { checkNumber, checkOptions, checkTensor, ShapeError, showShape, type Tensor } from '@nn/tensor';

/** The options of `saturatedNeurons`. */
export interface SaturatedNeuronsOptions {
  /** The largest derivative that the activation has: 1 for tanh, the default, ¼ for sigmoid. */
  readonly largest?: number | undefined;
  /** The fraction of it below which the mean derivative counts as saturated; 0.01 unless given. */
  readonly fraction?: number | undefined;
}

/** Neurons whose activation is flat where they work. */
export interface SaturatedNeurons {
  /** Whether there are any. */
  readonly found: boolean;
  /** Their indices. */
  readonly neurons: readonly number[];
  /** The mean absolute derivative of each neuron of the layer, as a fraction of the largest. */
  readonly fractions: readonly number[];
}

/**
 * Neurons that are saturated: over the samples the mean derivative of their activation is below a hundredth of its largest,
 * so that hardly a gradient reaches their weights. Smaller weights or scaled inputs help.
 *
 * @param derivatives  f′ of each neuron for each sample, shape [N, neurons]
 * @throws ShapeError when the derivatives have another number of axes
 * @throws TypeError, RangeError when an option is unknown or out of range
 * @example saturatedNeurons(tensor([[0.001, 0.5], [0.002, 1]])).found   // true
 */
export function saturatedNeurons(derivatives: Tensor, options: SaturatedNeuronsOptions = {}): SaturatedNeurons {
  const caller = 'saturatedNeurons';
  const { largest = 1, fraction = 0.01 } = checkOptions(caller, options, ['largest', 'fraction']);
  checkNumber(caller, 'largest', largest, largest > 0 && largest < Infinity, 'a positive number', 'Write 1 for tanh.');
  const fits = fraction > 0 && fraction < 1;
  checkNumber(caller, 'fraction', fraction, fits, 'a number between 0 and 1', 'Leave it out for 0.01.');
  if (checkTensor(derivatives, caller).rank !== 2) {
    throw new ShapeError(
      `${caller}: derivatives must have shape [N, neurons], got ${showShape(derivatives.shape)}. ` +
        `Reshape them to a row for each sample.`,
    );
  }
  const fractions = [...derivatives.cast('float64').abs().mean(0).div(largest).data];
  const neurons = [...fractions.keys()].filter((neuron) => fractions[neuron]! < fraction);
  return { found: neurons.length > 0, neurons, fractions };
}
