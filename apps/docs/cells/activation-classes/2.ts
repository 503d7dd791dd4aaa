import type { Tensor } from '@nn/tensor';

class ActivationSoftmax {
  forward(inputs: Tensor): Tensor {
    const expValues = inputs.sub(inputs.max(1, { keepdims: true })).exp();
    return expValues.div(expValues.sum(1, { keepdims: true }));
  }
}
