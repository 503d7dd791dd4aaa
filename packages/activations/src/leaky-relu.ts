import { type LayerCall, type Shape, type Tensor, where } from '@nn/tensor';

export interface LeakyReluOptions extends LayerCall {
  /** How steep the line is below 0; 0.01 unless another is given. */
  readonly slope?: number;
}

/**
 * The leaky rectified linear unit: negative numbers are made small instead of 0, so that no neuron dies.
 *
 *   y = x where x > 0, else slope · x
 *
 * At 0 itself the slope is that of the negative side. PyTorch has the same 0.01, the layer of Keras 0.3. To use it as a
 * layer with a slope of your own, write `(x) => leakyRelu(x, { slope: 0.2 })`.
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @example String(leakyRelu(tensor([-1, 0, 2])))   // [-0.01  0.    2.  ]
 * @example String(leakyRelu(tensor([-1, 0, 2]), { slope: 0.2 }))   // [-0.2  0.   2. ]
 * @see Maas, Hannun, Ng, Rectifier Nonlinearities Improve Neural Network Acoustic Models (2013)
 */
export function leakyRelu<S extends Shape>(x: Tensor<S>, { slope = 0.01 }: LeakyReluOptions = {}): Tensor<S> {
  return where(x.lessEqual(0), x.mul(slope), x) as Tensor<S>;
}
