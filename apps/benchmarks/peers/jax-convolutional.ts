import { jit, lax, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import type { ConvolutionalTask } from '../src/task.ts';
import { arrayOf } from './jax-network.ts';

type Parameters = { convolutions: { weight: np.Array; bias: np.Array }[]; dense: np.Array[]; images: np.Array[] };

/** One training step of convolutions under `jit`, as `trainingStep` is of dense layers. */
export function convolutionalStep({
  x,
  convolutions,
  classifier,
  learningRate,
}: Omit<ConvolutionalTask, 'kind' | 'compared'>): () => np.Array {
  const [, , height, width] = x.shape as [number, number, number, number];
  const features = (parameters: Parameters['convolutions'], images: np.Array): np.Array => {
    let values = images;
    let [rows, columns] = [height, width];
    parameters.forEach(({ weight, bias }, at) => {
      const { groups, pool } = convolutions[at]!;
      const sums = lax.convGeneralDilated(values, weight, [1, 1], 'SAME', { featureGroupCount: groups });
      values = nn.relu(sums.add(bias.reshape([-1, 1, 1])));
      if (!pool) return;
      [rows, columns] = [rows / 2, columns / 2];
      values = np.max(values.reshape([x.shape[0]!, -1, rows, 2, columns, 2]), [3, 5]);
    });
    return values;
  };
  const lossOf = valueAndGrad((parameters: Parameters, images: np.Array, wanted: np.Array): np.Array => {
    const { convolutions: own, dense, images: trained } = parameters;
    if (!classifier) {
      images.dispose();
      wanted.dispose();
      return np.mean(np.square(features(own, trained[0]!)));
    }
    const rows = features(own, images).reshape([x.shape[0]!, -1]);
    const logits = np.matmul(rows, dense[0]!).add(dense[1]!);
    return np.mean(np.sum(wanted.mul(nn.logSoftmax(logits, -1)), -1)).mul(-1);
  });
  const step = jit((parameters: Parameters, images: np.Array, wanted: np.Array): [np.Array, Parameters] => {
    const [loss, gradients] = lossOf(tree.ref(parameters), images, wanted);
    const update = (value: np.Array, gradient: np.Array): np.Array => value.sub(gradient.mul(learningRate));
    return [loss, tree.map(update, parameters, gradients)];
  });
  const images = arrayOf(x);
  const wanted = classifier ? nn.oneHot(np.array(classifier.labels), classifier.layer.bias.data.length) : np.zeros([1]);
  let parameters: Parameters = {
    convolutions: convolutions.map(({ weight, bias }) => ({ weight: arrayOf(weight), bias: arrayOf(bias) })),
    dense: classifier ? [arrayOf(classifier.layer.weight), arrayOf(classifier.layer.bias)] : [],
    images: classifier ? [] : [images.ref],
  };
  return () => {
    const [loss, after] = step(parameters, images.ref, wanted.ref);
    parameters = after;
    return loss;
  };
}
