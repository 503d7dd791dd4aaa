import { type LayerCall, owned, type Tensor, type Variable } from '@nn/tensor';
import type { Chain, ChainInputs, ChainOutputs } from './chain-types.ts';
import { isLayer, type Layer, type LayerFunction, titleOf } from './layer.ts';

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
  const parameters: Record<string, Variable> = {};
  const places = layers.map((layer: LayerFunction, place) => {
    if (typeof layer !== 'function') {
      throw new TypeError(
        `sequential: every layer must be a function, but number ${place} is ${String(layer)}. ` +
          `Pass relu itself, not relu(x).`,
      );
    }
    if (isLayer(layer)) adopt(parameters, layer, place);
    return `sequential: layer ${place}, ${titleOf(layer)}`;
  });

  const run = (x: Tensor, call: LayerCall = {}): Tensor =>
    layers.reduce((value, layer, place) => {
      return owned(isLayer(layer) ? layer(value, call) : layer(value), places[place]!);
    }, x);
  return Object.assign(run, {
    layers,
    parameters,
    title: 'sequential',
    label: undefined,
    sample: (layers[0] as Partial<Layer> | undefined)?.sample,
  }) as unknown as Sequential<ChainInputs<Layers>, ChainOutputs<Layers>>;
}

/** Takes the variables of a layer up into those of the model, but for those that are there already. */
function adopt(parameters: Record<string, Variable>, layer: Layer, place: number): void {
  for (const [name, parameter] of Object.entries(layer.parameters)) {
    if (Object.values(parameters).includes(parameter)) continue;
    const full = `${layer.label ?? place}.${name}`;
    if (full in parameters) {
      throw new TypeError(`sequential: two parameters would be called '${full}'. Give each layer a name of its own.`);
    }
    parameters[full] = parameter;
  }
}
