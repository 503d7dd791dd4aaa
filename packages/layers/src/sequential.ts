import { checkOptions, type LayerCall, checkTensor, type Tensor } from '@nn/tensor';
import { type Layer, type LayerFacts, type LayerFunction, titleOf } from './layer.ts';
import type { Chain, ChainRule } from './shape-rule.ts';
import { variablesOf } from './variables-of.ts';

/** Layers one after another, as one layer. */
export interface Sequential<out Layers extends readonly LayerFunction[] = readonly LayerFunction[]> extends Layer<
  ChainRule<Layers>
> {
  /** The layers, in order. */
  readonly layers: Layers;
}

/**
 * Layers one after another: each takes what the one before gives.
 *
 *   y = layerₙ(… layer₂(layer₁(x)))
 *
 * The model has the parameters and buffers of its layers. Their names start with the layer's name, or else its place:
 * `0.weight`, `0.bias`, `2.weight`. A variable that occurs twice counts once, with its first name. What the model is
 * told, it tells every layer and function: `model(x, { training: true })`.
 *
 * The compiler refuses layers that do not fit each other, as far as their types say which shapes they take.
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
): Sequential<Layers> {
  const functions: readonly LayerFunction[] = layers;
  const places = functions.map((layer, place) => {
    checkFunction(layer, place);
    return `sequential: layer ${place}, ${titleOf(layer)}`;
  });
  const run = (x: Tensor, call: LayerCall = {}): Tensor => {
    checkOptions('a model', call, ['training']);
    return functions.reduce((value, layer, place) => checkOutput(layer(value, call), places[place]!), x);
  };
  const facts: LayerFacts = {
    ...variablesOf(
      'sequential',
      functions.map((layer, place) => [(layer as Partial<LayerFacts>).label ?? String(place), layer]),
    ),
    title: 'sequential',
    label: undefined,
    input: (functions[0] as Partial<LayerFacts> | undefined)?.input,
  };
  return Object.assign(run, { layers }, facts) as unknown as Sequential<Layers>;
}

function checkFunction(layer: LayerFunction, place: number): void {
  if (typeof layer === 'function') return;
  throw new TypeError(
    Array.isArray(layer)
      ? 'sequential takes layers one by one, not in an array. Write sequential(a, b), or sequential(...layers).'
      : `sequential: every layer must be a function, but layer ${place} is ${String(layer)}. ` +
          `Pass relu itself, not relu(x).`,
  );
}

function checkOutput(value: Tensor, place: string): Tensor {
  if (typeof value !== 'function') return checkTensor(value, place);
  throw new TypeError(
    `${place}: expected a tensor, got a function. What makes layers must be called: dense(2, 64, { random }), not dense.`,
  );
}
