import { checkOptions, normalizeAxis, type Tensor, variable } from '@nn/tensor';
import type { Layer } from './layer.ts';
import { outputAxis, type Reparametrized, reparametrize, weightOf } from './reparametrize.ts';
import type { ShapeRule } from './shape-rule.ts';

/** The options of `weightNorm`. */
export interface WeightNormOptions {
  /** The name of the weight; `weight` unless given. */
  readonly parameter?: string;
  /** The axis with a magnitude for each index, or null for a single magnitude; the axis of the outputs unless given. */
  readonly axis?: number | null;
}

/**
 * Weight normalisation: length and direction of a weight are trained apart.
 *
 *   W = magnitude · direction / ‖direction‖      ‖·‖ over every axis but `axis`
 *
 * The layer then has the parameters `weight.direction`, which starts as W, and `weight.magnitude`, which starts as its
 * length, in place of `weight`: it starts as it was. `layer.currentWeight()` gives W.
 *
 * @param inner  a layer with a weight, such as `dense` or `conv2d`
 * @throws TypeError when it is no layer or has no such weight, or an option is unknown
 * @throws RangeError when the axis does not exist, or a direction has length 0
 * @example
 * const random = randomState(0);
 * const layer = weightNorm(dense(2, 3, { random }));
 * Object.keys(layer.parameters).join(' ')   // bias weight.direction weight.magnitude
 * @see Salimans, Kingma, Weight Normalization (2016)
 */
/* @__NO_SIDE_EFFECTS__ */
export function weightNorm<Rule extends ShapeRule>(
  inner: Layer<Rule>,
  options: WeightNormOptions = {},
): Reparametrized<Rule> {
  const { parameter = 'weight', axis: given } = checkOptions('weightNorm', options, ['parameter', 'axis']);
  const weight: Tensor = weightOf('weightNorm', inner as unknown as Layer, parameter);
  const axis = given === null ? null : normalizeAxis(given ?? outputAxis(weight.shape), weight.rank, 'weightNorm');
  const axes = weight.shape.flatMap((_, at) => (at === axis ? [] : [at]));
  const lengthOf = (x: Tensor): Tensor => (x.mul(x).sum(axes, { keepdims: axis !== null }) as Tensor).sqrt();
  const lengths = lengthOf(weight);
  if (lengths.data.includes(0)) {
    throw new RangeError(
      `weightNorm: the weight of ${inner.title} has length 0 in a direction. Start it with random numbers.`,
    );
  }
  const direction = variable(weight, { name: `${parameter}.direction` });
  const magnitude = variable(lengths, { name: `${parameter}.magnitude` });
  return reparametrize('weightNorm', inner, parameter, {
    parameters: { [`${parameter}.direction`]: direction, [`${parameter}.magnitude`]: magnitude },
    weight: () => direction.mul(magnitude.div(lengthOf(direction)) as Tensor),
  });
}
