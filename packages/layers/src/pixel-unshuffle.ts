import { checkNumber, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';

/**
 * Channels from the pixels of an image: the inverse of `pixelShuffle`. Nothing is lost.
 *
 *   y[n, (c · factor + i) · factor + j, h, w] = x[n, c, h · factor + i, w · factor + j]
 *
 * @param factor  how many times height and width shrink
 * @returns       a layer from [N, channels, H · factor, W · factor] to [N, channels · factor², H, W]; it has no parameters
 * @throws RangeError, TypeError when the factor is not a positive integer
 * @throws ShapeError when x has other axes, or sides that the factor does not divide
 * @example pixelUnshuffle(2)(zeros([1, 2, 6, 6])).shape.join(' ')   // 1 8 3 3
 * @see Shi et al., Real-Time Single Image and Video Super-Resolution Using an Efficient Sub-Pixel Network (2016)
 */
/* @__NO_SIDE_EFFECTS__ */
export function pixelUnshuffle(factor: number): Layer {
  const caller = `pixelUnshuffle(${factor})`;
  checkNumber('pixelUnshuffle', 'factor', factor, Number.isInteger(factor) && factor > 0, 'a positive integer');
  return layer({
    title: caller,
    call(x): Tensor {
      const [samples, channels, height, width] = x.shape as [number, number, number, number];
      if (x.rank !== 4 || height % factor !== 0 || width % factor !== 0) {
        throw new ShapeError(
          `${caller} expects x of shape [N, channels, * · ${factor}, * · ${factor}], got ${showShape(x.shape)}. ` +
            `Pad or crop the image first.`,
        );
      }
      const [down, across] = [height / factor, width / factor];
      const pixels: Tensor = x.reshape([samples, channels, down, factor, across, factor]);
      const parts: Tensor = pixels.permute([0, 1, 3, 5, 2, 4]);
      return parts.reshape([samples, channels * factor ** 2, down, across]);
    },
  }) as unknown as Layer;
}
