import { checkNumber, checkOptions, checkRandom, type Random, type Tensor, type Variable, variable } from '@nn/tensor';
import type { Layer } from './layer.ts';
import { normalize } from './normalize.ts';
import { outputAxis, type Reparametrized, reparametrize, weightOf } from './reparametrize.ts';
import type { ShapeRule } from './shape-rule.ts';

/** The options of `spectralNorm`. */
export interface SpectralNormOptions {
  /** The generator that the first vector is drawn from: `randomState(seed)` or `generator(seed)`. */
  readonly random: Random;
  /** The name of the weight; `weight` unless given. */
  readonly parameter?: string;
  /** How many steps of the power iteration there are in each call in training; 1 unless given. */
  readonly iterations?: number;
}

/**
 * Spectral normalisation: the weight is divided by its largest singular value, so that no input is stretched.
 *
 *   W = weight / σ,   σ = uᵀ M v      M the weight as [outputs, the rest]
 *   v ← Mᵀ u / ‖Mᵀ u‖,   u ← M v / ‖M v‖      in each call with `{ training: true }`
 *
 * The gradient takes u and v as constants. They are the buffers `weight.u` and `weight.v`, and saved with the model; without
 * training they stay. `layer.currentWeight()` gives W.
 *
 * @param inner  a layer with a weight, such as `dense` or `conv2d`
 * @throws TypeError when it is no layer or has no such weight, or an option is unknown
 * @throws RangeError when the number of iterations is not a positive integer
 * @throws DTypeError when there is no generator
 * @example
 * const random = randomState(0);
 * const layer = spectralNorm(dense(2, 3, { random }), { random });
 * Object.keys(layer.buffers).join(' ')   // weight.u weight.v
 * @see Miyato, Kataoka, Koyama, Yoshida, Spectral Normalization for Generative Adversarial Networks (2018)
 */
// Not marked as free of side effects: it draws from the generator, and the next draws depend on that.
export function spectralNorm<Rule extends ShapeRule>(
  inner: Layer<Rule>,
  options: SpectralNormOptions,
): Reparametrized<Rule> {
  const known = ['random', 'parameter', 'iterations'];
  const given: Partial<SpectralNormOptions> = checkOptions('spectralNorm', options ?? {}, known);
  const { parameter = 'weight', iterations = 1 } = given;
  const fits = Number.isInteger(iterations) && iterations > 0;
  checkNumber('spectralNorm', 'iterations', iterations, fits, 'a positive integer');
  const own: Tensor = weightOf('spectralNorm', inner as unknown as Layer, parameter);
  // A variable of its own: to the one of the inner layer the divided weight is given.
  const weight = variable(own, { name: parameter }) as Variable;
  const random = checkRandom(given.random, 'spectralNorm');
  const axis = outputAxis(weight.shape);
  const outputs = weight.shape[axis]!;
  const others = weight.shape.flatMap((_, at) => (at === axis ? [] : [at]));
  const matrixOf = (x: Tensor): Tensor => (x.permute([axis, ...others]) as Tensor).reshape([outputs, -1]);

  const iterate = (matrix: Tensor, times: number, start: Tensor): readonly [u: Tensor, v: Tensor] => {
    let [u, v] = [start, start];
    for (let time = 0; time < times; time++) {
      v = normalize(matrix.T.matmul(u) as Tensor);
      u = normalize(matrix.matmul(v) as Tensor);
    }
    return [u, v];
  };
  const drawn: Tensor = random.normal([outputs], { dtype: weight.dtype });
  // So many steps that the first division is near the largest singular value.
  const [firstU, firstV] = iterate(matrixOf(weight), 15, drawn);
  const u = variable(firstU, { name: `${parameter}.u` });
  const v = variable(firstV, { name: `${parameter}.v` });
  return reparametrize('spectralNorm', inner, parameter, {
    parameters: { [parameter]: weight },
    buffers: { [`${parameter}.u`]: u, [`${parameter}.v`]: v },
    weight(training) {
      const matrix = matrixOf(weight);
      if (training) {
        const [nextU, nextV] = iterate(matrix.detach(), iterations, u);
        u.assign(nextU);
        v.assign(nextV);
      }
      const sigma = u.detach().matmul(matrix.matmul(v.detach()) as Tensor) as Tensor;
      return weight.div(sigma);
    },
  });
}
