import { overlapAdd, ShapeError, showShape, type Tensor } from '@nn/tensor';
import { type Layer, layer } from './layer.ts';
import { perAxis } from './per-axis.ts';
import { imageWindows, type UnfoldOptions } from './unfold.ts';

/**
 * An image from windows as columns: where they overlap, they add up (col2im). It is the inverse direction of `unfold`.
 *
 *   y[n, c, p · stride + k · dilation − padding] += x[n, (c, k), p]
 *
 * @param outputSize  height and width of the image
 * @param size        the size of the window
 * @returns           a layer from [N, channels · size, positions] to [N, channels, H, W]; it has no parameters
 * @throws RangeError, TypeError when a size or an option does not fit
 * @throws ShapeError when x has another number of positions than such an image, or of rows than windows have elements
 * @example String(fold([2, 2], [1, 2])(tensor([[[1, 2], [3, 4]]])))   // [[[[1. 3.]\n   [2. 4.]]]]
 */
/* @__NO_SIDE_EFFECTS__ */
export function fold(
  outputSize: number | readonly number[],
  size: number | readonly number[],
  options: UnfoldOptions = {},
): Layer {
  const shown = [outputSize, size].map((one) => (typeof one === 'number' ? one : showShape(one)));
  const caller = `fold(${shown.join(', ')})`;
  const { sizes, strides, paddings, dilations } = imageWindows('fold', caller, size, options);
  const image = perAxis(caller, 'outputSize', outputSize, 2, 1);
  const padded = image.map((length, axis) => length + 2 * paddings[axis]!);
  const positions = padded.map((length, axis) => {
    const span = (sizes[axis]! - 1) * dilations[axis]! + 1;
    if (span <= length) return Math.floor((length - span) / strides[axis]!) + 1;
    throw new RangeError(
      `${caller}: a window spans ${span}, but with padding the image has length ${length}. Make the window smaller.`,
    );
  });
  const [elements, count] = [sizes[0]! * sizes[1]!, positions[0]! * positions[1]!];
  return layer({
    title: caller,
    call(x): Tensor {
      const [samples, rows] = x.shape as [number, number];
      if (x.rank !== 3 || rows % elements !== 0 || x.shape[2] !== count) {
        throw new ShapeError(
          `${caller} expects x of shape [N, channels · ${elements}, ${count}], got ${showShape(x.shape)}. ` +
            `Give the windows that unfold makes of such an image.`,
        );
      }
      const channels = rows / elements;
      const windows: Tensor = (x.reshape([samples, channels, ...sizes, ...positions]) as Tensor).permute([
        0, 1, 4, 5, 2, 3,
      ]);
      const whole = overlapAdd(windows, [samples, channels, ...padded], [2, 3], { strides, dilations });
      return whole.slice([], [], ...image.map((length, axis) => [paddings[axis]!, paddings[axis]! + length] as const));
    },
  }) as unknown as Layer;
}
