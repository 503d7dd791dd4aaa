import { checkOptions, type LayerCall, type Shape, type Tensor, where } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/** The options of `leakyRelu`. */
export interface LeakyReluOptions extends LayerCall {
  /** The factor of negative numbers; 0.01 unless given. */
  readonly negativeSlope?: number;
}

/**
 * The leaky rectified linear unit: negative numbers become small instead of 0, so their gradient does not vanish.
 *
 *   y = x where x > 0, else negativeSlope · x
 *
 * The gradient at 0 is negativeSlope. The default is PyTorch's 0.01; the layer of Keras has 0.3. As a layer with another
 * slope write `(x) => leakyRelu(x, { negativeSlope: 0.2 })`.
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor, or an option is unknown
 * @example String(leakyRelu(tensor([-1, 0, 2])))   // [-0.01  0.    2.  ]
 * @example String(leakyRelu(tensor([-1, 0, 2]), { negativeSlope: 0.2 }))   // [-0.2  0.   2. ]
 * @see Maas, Hannun, Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models (2013)
 */
export function leakyRelu<S extends Shape>(x: Tensor<S>, options: LeakyReluOptions = {}): Tensor<S> {
  checkInput(x, 'leakyRelu');
  const { negativeSlope = 0.01 } = checkOptions('leakyRelu', options, ['negativeSlope', 'training']);
  return where(x.lessEqual(0), x.mul(negativeSlope), x) as Tensor<S>;
}
