import type { Tensor } from '@nn/tensor';
import { isLayer, type Layer, layer } from './layer.ts';
import type { ShapeRule } from './shape-rule.ts';

/**
 * A layer that is not trained: its parameters become buffers, which are saved with a model and left alone by optimizers.
 *
 * Gradients still flow through it to the layers before. It is told whether the model is trained, as before, so dropout and
 * batch statistics in it work on.
 *
 * @param inner  a layer or a model, such as one that was trained before on other data
 * @throws TypeError when it is no layer
 * @example
 * const random = randomState(0);
 * const model = sequential(freeze(dense(2, 8, { random })), dense(8, 1, { random }));
 * Object.keys(model.parameters).join(' ')   // 1.weight 1.bias
 */
/* @__NO_SIDE_EFFECTS__ */
export function freeze<Rule extends ShapeRule>(inner: Layer<Rule>): Layer<Rule> {
  if (typeof inner !== 'function' || !isLayer(inner as unknown as Layer)) {
    throw new TypeError(`freeze takes a layer, got ${typeof inner}. Functions have nothing to freeze.`);
  }
  const { parameters, buffers, title, label, input } = inner;
  return layer({
    title: `freeze(${title})`,
    name: label,
    input,
    buffers: { ...parameters, ...buffers },
    call: (x, call): Tensor => (inner as unknown as Layer)(x, call) as Tensor,
  }) as unknown as Layer<Rule>;
}
