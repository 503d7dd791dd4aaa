import { checkNumber, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';

/**
 * A larger image from channels: each group of factor² channels becomes the pixels of one channel.
 *
 *   y[n, c, h · factor + i, w · factor + j] = x[n, (c · factor + i) · factor + j, h, w]
 *
 * @param factor  how many times height and width grow
 * @returns       a layer from [N, channels · factor², H, W] to [N, channels, H · factor, W · factor]; it has no parameters
 * @throws RangeError, TypeError when the factor is not a positive integer
 * @throws ShapeError when x has other axes, or channels that factor² does not divide
 * @example pixelShuffle(2)(zeros([1, 8, 3, 3])).shape.join(' ')   // 1 2 6 6
 * @see Shi et al., Real-Time Single Image and Video Super-Resolution Using an Efficient Sub-Pixel Network (2016)
 */
/* @__NO_SIDE_EFFECTS__ */
export function pixelShuffle(factor: number): Layer {
  const caller = `pixelShuffle(${factor})`;
  checkNumber('pixelShuffle', 'factor', factor, Number.isInteger(factor) && factor > 0, 'a positive integer');
  return layer({
    title: caller,
    call(x): Tensor {
      const [samples, channels, height, width] = x.shape as [number, number, number, number];
      if (x.rank !== 4 || channels % factor ** 2 !== 0) {
        throw new ShapeError(
          `${caller} expects x of shape [N, channels · ${factor ** 2}, *, *], got ${showShape(x.shape)}. ` +
            `Let the layer before give so many channels.`,
        );
      }
      const fewer = channels / factor ** 2;
      const parts: Tensor = x.reshape([samples, fewer, factor, factor, height, width]);
      const pixels: Tensor = parts.permute([0, 1, 4, 2, 5, 3]);
      return pixels.reshape([samples, fewer, height * factor, width * factor]);
    },
  }) as unknown as Layer;
}
