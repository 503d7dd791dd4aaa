import { checkNumber, type Random, type Shape, tensor, type Tensor } from '@nn/tensor';
import type { DType } from '@nn/tensor';
import type { Initializer } from './initializer.ts';

/**
 * Initial weights that are normally distributed around 0, without the rare large ones.
 *
 *   W = standardDeviation · z,   z from N(0, 1), drawn again while |z| > 2
 *
 * As in Keras and PyTorch the standard deviation is that before the cut; the weights have 0.88 of it.
 *
 * @param standardDeviation  0.02 unless given
 * @throws TypeError, RangeError when the standard deviation is not a finite non-negative number
 * @example truncatedNormal(1)([1000], randomState(0), 'float32').abs().max().item() <= 2   // true
 * @see Devlin et al., BERT: Pre-training of Deep Bidirectional Transformers (2019), where it is used
 */
/* @__NO_SIDE_EFFECTS__ */
export function truncatedNormal(standardDeviation = 0.02): Initializer {
  const fits = standardDeviation >= 0 && standardDeviation < Infinity;
  const hint = 'Write truncatedNormal(0.02).';
  checkNumber('truncatedNormal', 'standardDeviation', standardDeviation, fits, 'a finite non-negative number', hint);
  return (shape: Shape, random: Random, dtype: DType): Tensor => {
    const values = [...random.normal(shape, { dtype }).data];
    let outside = values.flatMap((value, at) => (Math.abs(value) > 2 ? [at] : []));
    while (outside.length > 0) {
      const again = random.normal([outside.length], { dtype }).data;
      outside.forEach((at, place) => (values[at] = again[place]!));
      outside = outside.filter((at) => Math.abs(values[at]!) > 2);
    }
    return (tensor(values, { dtype }).reshape(shape) as Tensor).mul(standardDeviation);
  };
}
