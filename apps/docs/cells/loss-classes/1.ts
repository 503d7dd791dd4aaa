import type { Tensor } from '@nn/tensor';

abstract class Loss {
  /** One loss for each sample. */
  abstract forward(prediction: Tensor, target: Tensor): Tensor;

  /** Their mean: the loss of the batch. */
  calculate(output: Tensor, y: Tensor): Tensor {
    return this.forward(output, y).mean();
  }
}
