import { checkOptions, type Tensor } from '@nn/tensor';
import { checkEpochs, epochsOf, lasting } from './epochs.ts';

/** The options of `deadNeurons`. */
export interface DeadNeuronsOptions {
  /** For how many epochs a neuron must have been silent; 20 unless given. */
  readonly epochs?: number | undefined;
}

/** Neurons whose output was 0 for every sample, and for how long. */
export interface DeadNeurons {
  /** Whether there are any. */
  readonly found: boolean;
  /** Their indices. */
  readonly neurons: readonly number[];
  /** For how many epochs each neuron of the layer has been silent, up to the last. */
  readonly silentEpochs: readonly number[];
}

/**
 * Neurons that are dead: their output is 0 for the whole training set, for many epochs, so that no gradient reaches their
 * weights. Leaky ReLU, a lower learning rate or another start of the weights helps.
 *
 * @param outputs  the largest absolute output of each neuron over the training set, in each epoch, shape [epochs, neurons]
 * @throws ShapeError when the outputs have another number of axes
 * @throws TypeError, RangeError when an option is unknown or out of range
 * @example deadNeurons(tensor([[0, 1], [0, 2], [0, 1]]), { epochs: 3 }).found   // true
 */
export function deadNeurons(outputs: Tensor, options: DeadNeuronsOptions = {}): DeadNeurons {
  const { epochs = 20 } = checkOptions('deadNeurons', options, ['epochs']);
  checkEpochs('deadNeurons', epochs, 20);
  const history = epochsOf('deadNeurons', outputs, 2, '[epochs, neurons]');
  const silentEpochs = Array.from({ length: outputs.shape[1]! }, (_, neuron) =>
    lasting(history, (largest) => largest[neuron] === 0),
  );
  const neurons = [...silentEpochs.keys()].filter((neuron) => silentEpochs[neuron]! >= epochs);
  return { found: neurons.length > 0, neurons, silentEpochs };
}
