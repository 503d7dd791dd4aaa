import { checkNumber, type Shape, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import type { Stated } from './shape-rule.ts';

/**
 * The numbers of each sample in another shape, in row-major order: what stands between dense layers and convolutions.
 *
 *   x [N, …] → y [N, ...shape]
 *
 * @param shape  the shape of one sample, without N; one length may be −1 and then follows from the others
 * @returns      a layer that keeps the samples; it has no parameters
 * @throws RangeError, TypeError when a length is neither a positive integer nor the only −1
 * @throws ShapeError when samples of x have another count of numbers
 * @example reshape([1, 28, 28])(zeros([5, 784])).shape.join(' ')   // 5 1 28 28
 */
/* @__NO_SIDE_EFFECTS__ */
export function reshape<const S extends Shape>(shape: S): Layer<Stated<Shape, [number, ...S]>> {
  const lengths: Shape = shape;
  const caller = `reshape(${showShape(lengths)})`;
  for (const length of lengths) {
    const fits = Number.isInteger(length) && (length > 0 || length === -1);
    checkNumber(caller, 'a length', length, fits, 'a positive integer, or −1 once');
  }
  if (lengths.filter((length) => length === -1).length > 1) {
    throw new RangeError(`${caller}: only one length may be −1, got two. State the other.`);
  }
  const stated = lengths.reduce((product, length) => (length === -1 ? product : product * length), 1);
  return layer({
    title: caller,
    call(x): Tensor {
      const [samples, ...sample] = x.shape;
      const size = sample.reduce((product, length) => product * length, 1);
      if (samples === undefined || (lengths.includes(-1) ? size % stated !== 0 : size !== stated)) {
        throw new ShapeError(
          `${caller} expects samples of ${stated}${lengths.includes(-1) ? ' · *' : ''} numbers, got ${showShape(x.shape)}. ` +
            `Change the lengths, or the layer before.`,
        );
      }
      // Computed and not left to −1, which has no answer for an empty batch.
      return x.reshape([samples, ...lengths.map((length) => (length === -1 ? size / stated : length))]);
    },
  }) as unknown as Layer<Stated<Shape, [number, ...S]>>;
}
