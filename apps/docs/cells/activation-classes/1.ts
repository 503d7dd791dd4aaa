import type { Tensor } from '@nn/tensor';

class ActivationReLU {
  forward(inputs: Tensor): Tensor {
    return inputs.maximum(0);
  }
}
