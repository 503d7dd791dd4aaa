import { relu } from '@nn/activations';
import { dense, sequential } from '@nn/layers';
import { softmaxCrossentropy } from '@nn/losses';
import { adam } from '@nn/optimizers';
import { type Backend, compile, fromTypedArray, gradients, randomState, type Tensor } from '@nn/tensor';
import { classes, decay, inputs, learningRate, neurons, type Start } from './hand-written.ts';

/** The same training step with the packages: every operation at once, or compiled by a backend. */
export function packages(start: Start, backend?: Backend): () => number {
  const random = randomState(0);
  const model = sequential(dense(inputs, neurons, { random }), relu, dense(neurons, classes, { random }));
  const values = [start.weight1, start.bias1, start.weight2, start.bias2];
  Object.values(model.parameters).forEach((parameter, index) => {
    parameter.assign(fromTypedArray(values[index]!.slice(), parameter.shape));
  });
  const optimizer = adam(model.parameters, { learningRate, decay });
  const x = fromTypedArray(start.x, [start.y.length, inputs]);
  const y = fromTypedArray(start.y, [start.y.length]);
  const plain = (rows: Tensor, labels: Tensor): Tensor => {
    const loss = softmaxCrossentropy(model(rows), labels);
    optimizer.step(gradients(loss, model.parameters));
    return loss;
  };
  const step = backend ? compile(plain, backend) : plain;
  return () => step(x, y).item();
}
