import type { Tensor } from '@nn/tensor';

abstract class Loss {
  /** The loss of each sample. */
  abstract forward(prediction: Tensor, target: Tensor): Tensor;

  /** The loss of the batch: the mean over its samples. */
  calculate(output: Tensor, y: Tensor): Tensor {
    return this.forward(output, y).mean();
  }
}
