import { randomState, type Tensor, zeros } from '@nn/tensor';

const random = randomState(0); // np.random.seed(0)

class LayerDense {
  readonly weights: Tensor;
  readonly biases: Tensor;

  constructor(inputs: number, neurons: number) {
    this.weights = random.randn(inputs, neurons).mul(0.01);
    this.biases = zeros([1, neurons]);
  }

  forward(inputs: Tensor): Tensor {
    return inputs.dot(this.weights).add(this.biases);
  }
}
