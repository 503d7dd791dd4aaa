import { functionalCall, type NamedVariables, type Shape, type Tensor, type Variable } from '@nn/tensor';
import { isLayer, type Layer, layer } from './layer.ts';
import type { ShapeRule } from './shape-rule.ts';

/** A layer one of whose weights is computed from other variables. */
export interface Reparametrized<out Rule extends ShapeRule = ShapeRule> extends Layer<Rule> {
  /** The weight as the layer now has it. */
  readonly currentWeight: () => Tensor;
}

/** What a layer is made of whose weight is computed. */
interface Reparametrization {
  /** The variables that are trained in place of the weight. */
  readonly parameters: NamedVariables;
  readonly buffers?: NamedVariables;
  /** The weight; in training it may assign to buffers. */
  readonly weight: (training: boolean) => Tensor;
}

/**
 * The weight of a layer that is to be computed.
 *
 * @throws TypeError when it is no layer, or has no such parameter
 */
export function weightOf(kind: string, inner: Layer, parameter: string): Variable {
  if (typeof inner !== 'function' || !isLayer(inner)) {
    throw new TypeError(`${kind} takes a layer, got ${typeof inner}. Write ${kind}(dense(2, 64, { random })).`);
  }
  const weight = inner.parameters[parameter];
  if (weight && weight.rank > 0) return weight;
  const names = Object.keys(inner.parameters).join(', ') || 'none';
  throw new TypeError(
    `${kind}: ${inner.title} has no weight called '${parameter}'. Its parameters are ${names}. Write { parameter: name }.`,
  );
}

/** The axis that counts what a weight gives: the last of [inputs, neurons], the first of [out, in, k, …]. */
export function outputAxis(shape: Shape): number {
  return shape.length === 2 ? 1 : 0;
}

/** The layer with its weight computed in every call. Its own variable for the weight only receives what is computed. */
export function reparametrize<Rule extends ShapeRule>(
  kind: string,
  inner: Layer<Rule>,
  parameter: string,
  { parameters, buffers = {}, weight }: Reparametrization,
): Reparametrized<Rule> {
  const own = inner.parameters[parameter]!;
  const others = Object.fromEntries(Object.entries(inner.parameters).filter(([name]) => name !== parameter));
  const made = layer({
    title: `${kind}(${inner.title})`,
    name: inner.label,
    input: inner.input,
    parameters: { ...others, ...parameters },
    buffers: { ...inner.buffers, ...buffers },
    call: (x, call): Tensor =>
      functionalCall({ own }, { own: weight(call.training ?? false) }, () => (inner as Layer)(x, call) as Tensor),
  });
  return Object.assign(made, { currentWeight: () => weight(false) }) as unknown as Reparametrized<Rule>;
}
