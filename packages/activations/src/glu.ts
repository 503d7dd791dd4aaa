import { checkOptions, type LayerCall, normalizeAxis, ShapeError, showShape, split, type Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';
import { sigmoid } from './sigmoid.ts';

/** The options of `glu`. */
export interface GluOptions extends LayerCall {
  /** The axis that is halved, the last unless given. Negative axes count from the end. */
  readonly axis?: number;
}

/**
 * The gated linear unit: one half of the numbers says how much of the other half passes.
 *
 *   y = a · sigmoid(b)   with a and b the halves of x along the axis
 *
 * @param x  [..., 2n], or with 2n numbers along `axis`
 * @returns  [..., n]
 * @throws ShapeError when the axis does not exist or has an odd length
 * @throws TypeError when x is no tensor, or an option is unknown
 * @example String(glu(tensor([[1, 2, 0, 0]])))   // [[0.5 1. ]]
 * @see Dauphin, Fan, Auli, Grangier, Language Modeling with Gated Convolutional Networks (2017)
 */
export function glu(x: Tensor, options: GluOptions = {}): Tensor {
  checkInput(x, 'glu');
  const { axis: given = -1 } = checkOptions('glu', options, ['axis', 'training']);
  const axis = normalizeAxis(given, x.rank, 'glu');
  if (x.shape[axis]! % 2 === 1) {
    throw new ShapeError(
      `glu: axis ${axis} of ${showShape(x.shape)} has odd length ${x.shape[axis]}, which cannot be halved. ` +
        `Let the layer before give twice as many numbers as shall pass.`,
    );
  }
  const [a, b] = split(x, 2, axis) as [Tensor, Tensor];
  return a.mul(sigmoid(b));
}
