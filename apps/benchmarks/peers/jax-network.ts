import { jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { adamSettings, type Numbers, type TrainingTask } from '../src/task.ts';

export type Layers = { weight: np.Array; bias: np.Array }[];
type State = { layers: Layers; means: Layers; squares: Layers; step: np.Array };

/** One training step under `jit`; each call moves the weights and gives the loss, which whoever takes it must free. */
export function trainingStep({
  x,
  labels,
  layers: starts,
  activation,
  optimizer,
  learningRate,
}: Omit<TrainingTask, 'compared'>): () => np.Array {
  const classes = starts.at(-1)!.bias.data.length;
  const rows = arrayOf(x);
  const wanted =
    classes === 1
      ? np.array(Float32Array.from(labels)).reshape([labels.length, 1])
      : nn.oneHot(np.array(labels), classes);
  const lossOf = valueAndGrad((layers: Layers, x: np.Array, y: np.Array): np.Array => {
    const logits = logitsOf(layers, x, activation === 'tanh' ? np.tanh : nn.relu);
    if (classes > 1) return np.mean(np.sum(y.mul(nn.logSoftmax(logits, -1)), -1)).mul(-1);
    // −y · log σ(s) − (1 − y) · log σ(−s)
    const yes = y.ref.mul(nn.logSigmoid(logits.ref));
    return np
      .mean(
        yes.add(
          y
            .mul(-1)
            .add(1)
            .mul(nn.logSigmoid(logits.mul(-1))),
        ),
      )
      .mul(-1);
  });
  const update = optimizer === 'adam' ? adam : sgd;
  const step = jit((state: State, x: np.Array, y: np.Array): [np.Array, State] => {
    const [loss, gradients] = lossOf(tree.ref(state.layers), x, y);
    return [loss, update(state, gradients, learningRate)];
  });
  const zeros = (): Layers =>
    starts.map(({ weight, bias }) => ({ weight: np.zeros([...weight.shape]), bias: np.zeros([...bias.shape]) }));
  let state: State = { layers: layersOf(starts), means: zeros(), squares: zeros(), step: np.array(0) };
  return () => {
    const [loss, after] = step(state, rows.ref, wanted.ref);
    state = after;
    return loss;
  };
}

export function arrayOf({ data, shape }: Numbers): np.Array {
  return np.array(data).reshape([...shape]);
}

export function layersOf(starts: readonly { readonly weight: Numbers; readonly bias: Numbers }[]): Layers {
  return starts.map(({ weight, bias }) => ({ weight: arrayOf(weight), bias: arrayOf(bias) }));
}

export function logitsOf(layers: Layers, x: np.Array, activation: (x: np.Array) => np.Array): np.Array {
  return layers.reduce((values, { weight, bias }, at) => {
    const sums = np.matmul(values, weight).add(bias);
    return at < layers.length - 1 ? activation(sums) : sums;
  }, x);
}

function sgd({ layers, ...rest }: State, gradients: Layers, rate: number): State {
  return {
    ...rest,
    layers: tree.map((value: np.Array, gradient: np.Array) => value.sub(gradient.mul(rate)), layers, gradients),
  };
}

function adam(state: State, gradients: Layers, rate: number): State {
  const { beta1, beta2, epsilon } = adamSettings;
  const step = state.step.add(1);
  const means = tree.map(
    (mean: np.Array, gradient: np.Array) => mean.mul(beta1).add(gradient.mul(1 - beta1)),
    state.means,
    tree.ref(gradients),
  );
  const squares = tree.map(
    (square: np.Array, gradient: np.Array) => square.mul(beta2).add(np.square(gradient).mul(1 - beta2)),
    state.squares,
    gradients,
  );
  const layers = tree.map(
    (value: np.Array, mean: np.Array, square: np.Array) => {
      const correction1 = np.power(beta1, step.ref).mul(-1).add(1);
      const correction2 = np.power(beta2, step.ref).mul(-1).add(1);
      return value.sub(
        mean
          .div(correction1)
          .mul(rate)
          .div(np.sqrt(square.div(correction2)).add(epsilon)),
      );
    },
    state.layers,
    tree.ref(means),
    tree.ref(squares),
  );
  return { layers, means, squares, step };
}
