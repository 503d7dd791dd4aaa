import {
  checkFloating,
  checkLike,
  checkNumber,
  checkOptions,
  checkRandom,
  checkTensor,
  type DType,
  type LayerCall,
  type Random,
  sameShape,
  type Shape,
  ShapeError,
  showShape,
  type Tensor,
  type Variable,
  variable,
} from '@nn/tensor';
import { constant } from './constant.ts';
import { glorotUniform } from './glorot-uniform.ts';
import type { Initializer } from './initializer.ts';
import { layer, type LayerFacts } from './layer.ts';

/** The options of `bilinear`. */
export interface BilinearOptions {
  /** The generator that the first weights are drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** The initial weight; `glorotUniform` unless given. */
  readonly weight?: Initializer;
  /** The initial bias, or false for a layer without one; zeros unless given. */
  readonly bias?: boolean | Initializer;
  /** The first part of the names of its parameters in a model. */
  readonly name?: string | undefined;
  /** The dtype of the parameters; float32 unless given. */
  readonly dtype?: DType;
}

/** What a bilinear layer is told besides x. */
export interface BilinearCall extends LayerCall {
  /** The second input, [..., otherInputs], with the same axes before the last as x. */
  readonly other: Tensor;
}

/** A bilinear layer. Its parameters are `weight` [neurons, inputs, otherInputs], and `bias` [neurons] if it has one. */
export interface Bilinear extends LayerFacts {
  (x: Tensor, call: BilinearCall): Tensor;
  readonly weight: Variable;
  readonly bias: Variable | undefined;
}

/**
 * A bilinear layer: every neuron sees the products of all numbers of one input with all numbers of another.
 *
 *   y[…, o] = b[o] + Σ i, j  x[…, i] · W[o, i, j] · other[…, j]
 *
 * @param inputs       how many numbers a row of x has
 * @param otherInputs  how many numbers a row of the second input has
 * @param neurons      how many numbers a row of y has
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when rows of x or the second input have other lengths, or there is not one for each row of x
 * @example bilinear(2, 3, 4, { random: randomState(0) })(ones([5, 2]), { other: ones([5, 3]) }).shape.join(' ')   // 5 4
 * @see Tenenbaum, Freeman, Separating Style and Content with Bilinear Models (2000)
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function bilinear(inputs: number, otherInputs: number, neurons: number, options: BilinearOptions): Bilinear {
  const caller = `bilinear(${inputs}, ${otherInputs}, ${neurons})`;
  const known = ['random', 'weight', 'bias', 'name', 'dtype'];
  const given: Partial<BilinearOptions> = checkOptions('bilinear', options ?? {}, known);
  const { weight = glorotUniform, bias = true, name, dtype = 'float32' } = given;
  for (const [what, size] of Object.entries({ inputs, otherInputs, neurons })) {
    const fits = Number.isInteger(size) && size > 0;
    checkNumber(caller, what, size, fits, 'a positive integer', 'Write bilinear(2, 3, 4, …).');
  }
  const random = checkRandom(given.random, caller);
  checkFloating(dtype, `${caller}: the weight`);
  const initial = (part: string, initializer: Initializer, shape: Shape): Variable => {
    const value = checkLike(initializer(shape, random, dtype), { shape, dtype }, `${caller}: the initial ${part}`);
    return variable(value, { name: `${name ?? caller}.${part}` });
  };
  const weights = initial('weight', weight, [neurons, inputs, otherInputs]);
  const biases = bias === false ? undefined : initial('bias', bias === true ? constant(0) : bias, [neurons]);
  const made = layer({
    title: caller,
    name,
    parameters: { weight: weights, ...(biases && { bias: biases }) },
    options: ['other'],
    call(x: Tensor, call: LayerCall): Tensor {
      const other = checkTensor((call as Partial<BilinearCall>).other as Tensor, `${caller}: other`);
      const rows = x.shape.slice(0, -1);
      if (x.shape.at(-1) !== inputs || !sameShape(other.shape, [...rows, otherInputs])) {
        throw new ShapeError(
          `${caller} expects rows of ${inputs} and as many rows of ${otherInputs} numbers, ` +
            `got ${showShape(x.shape)} and ${showShape(other.shape)}. Write layer(x, { other }).`,
        );
      }
      const matrix: Tensor = (weights.permute([1, 0, 2]) as Tensor).reshape([inputs, neurons * otherInputs]);
      const products: Tensor = (x.matmul(matrix) as Tensor).reshape([...rows, neurons, otherInputs]);
      const y = products.mul(other.expandDims(-2) as Tensor).sum(-1) as Tensor;
      return biases ? y.add(biases) : y;
    },
  });
  return Object.assign(made, { weight: weights, bias: biases }) as unknown as Bilinear;
}
