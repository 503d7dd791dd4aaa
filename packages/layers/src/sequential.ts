import { owned, type Tensor, type Variable } from '@nn/tensor';
import type { Chain, ChainInputs, ChainOutputs } from './chain-types.ts';
import { isLayer, type Layer, type LayerCall, type Parameters, type LayerFunction, titleOf } from './layer.ts';

/** Layers one after another, as one layer. */
export interface Sequential<In extends number = number, Out extends number = number> extends Layer<In, Out> {
  /** What it was put together from, in order. */
  readonly layers: readonly LayerFunction[];
}

/**
 * Layers one after another: each takes what the one before gives.
 *
 *   y = layerₙ(… layer₂(layer₁(x)))
 *
 * Its parameters are those of its layers, after the layer's name, or else its place: `0.weight`, `0.bias`, `2.weight`.
 * A variable that occurs twice is one parameter, with its first name. Plain functions, like activations, get x alone;
 * layers also get to know whether the model is being trained.
 *
 * @param layers  layers, models, and functions of a tensor
 * @throws TypeError when something is no function, or two variables would have one name
 * @example
 * const random = randomState(0);
 * const model = sequential(dense(2, 64, { random }), (x) => x.tanh(), dense(64, 3, { random, name: 'last' }));
 * Object.keys(model.parameters).join(' ')   // 0.weight 0.bias last.weight last.bias
 */
/* @__NO_SIDE_EFFECTS__ */
export function sequential<const Layers extends readonly LayerFunction[]>(
  ...layers: Chain<Layers>
): Sequential<ChainInputs<Layers>, ChainOutputs<Layers>> {
  for (const [place, layer] of layers.entries()) {
    if (typeof layer === 'function') continue;
    throw new TypeError(
      `sequential: every layer must be a function, but number ${place} is ${String(layer)}. ` +
        `Pass relu itself, not relu(x).`,
    );
  }
  const places = layers.map((layer, place) => `sequential: layer ${place}, ${titleOf(layer)}`);
  const first = layers[0];

  const run = (x: Tensor, call: LayerCall = {}): Tensor =>
    layers.reduce((value, layer, place) => {
      return owned(isLayer(layer) ? layer(value, call) : layer(value), places[place]!);
    }, x);
  return Object.assign(run, {
    layers,
    parameters: parametersOf(layers),
    title: 'sequential',
    label: undefined,
    sample: first && isLayer(first) ? first.sample : undefined,
  }) as unknown as Sequential<ChainInputs<Layers>, ChainOutputs<Layers>>;
}

function parametersOf(layers: Sequential['layers']): Parameters {
  const named = new Map<string, Variable>();
  const seen = new Set<Variable>();
  for (const [place, layer] of layers.entries()) {
    if (!isLayer(layer)) continue;
    for (const [name, parameter] of Object.entries(layer.parameters)) {
      if (seen.has(parameter)) continue;
      seen.add(parameter);
      const full = `${layer.label ?? place}.${name}`;
      if (named.has(full)) {
        throw new TypeError(`sequential: two parameters would be called '${full}'. Give each layer a name of its own.`);
      }
      named.set(full, parameter);
    }
  }
  return Object.fromEntries(named);
}
