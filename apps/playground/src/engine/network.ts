import { identity, leakyRelu, relu, sigmoid, softmax, swish, tanh } from '@nn/activations';
import { constant, dense, type Dense, glorotUniform, heNormal, type Initializer, randomNormal } from '@nn/layers';
import type { Random, Tensor, Variable } from '@nn/tensor';
import { outputActivation, layerSizes } from '../state/data-kinds.ts';
import type { DataSettings, LayerSettings, NetworkSettings } from '../state/schema.ts';

type Activation = (x: Tensor) => Tensor;

const activations: Readonly<Record<LayerSettings['activation'], Activation>> = {
  identity,
  sigmoid,
  tanh,
  relu,
  leakyRelu,
  swish,
};

const initializers: Readonly<Record<NetworkSettings['start'], Initializer>> = {
  small: randomNormal(0.01),
  he: heNormal,
  glorot: glorotUniform,
  zero: constant(0),
};

/** A network with access to the outputs of every layer. */
export interface Network {
  readonly layers: readonly Dense[];
  readonly parameters: Readonly<Record<string, Variable>>;
  /** The outputs of each layer. Those of the last layer are logits if the output activation is softmax. */
  layerOutputs(x: Tensor): readonly Tensor[];
  /** The outputs of the last layer, before softmax. */
  outputs(x: Tensor): Tensor;
  /** Applies the output activation: softmax gives class probabilities; otherwise the outputs are unchanged. */
  predict(outputs: Tensor): Tensor;
}

/** Builds the network of the settings and draws its weights layer by layer. */
export function buildNetwork(data: DataSettings, settings: NetworkSettings, random: Random): Network {
  const widths = layerSizes(data, settings);
  const layers = widths
    .slice(1)
    .map((neurons, at) => dense(widths[at]!, neurons, { random, weight: initializers[settings.start], name: `${at}` }));
  const layerActivations = settings.layers.map(({ activation }) => activations[activation]);
  const layerOutputs = (x: Tensor): readonly Tensor[] => {
    const results: Tensor[] = [];
    for (const [at, layer] of layers.entries()) {
      const sum = layer(results.at(-1) ?? x);
      results.push(layerActivations[at]?.(sum) ?? sum);
    }
    return results;
  };
  return {
    layers,
    parameters: Object.fromEntries(
      layers.flatMap(({ parameters }, at) =>
        Object.entries(parameters).map(([name, variable]) => [`${at}.${name}`, variable] as const),
      ),
    ),
    layerOutputs,
    outputs: (x) => layerOutputs(x).at(-1)!,
    predict: outputActivation(data, settings) === 'softmax' ? softmax : identity,
  };
}
