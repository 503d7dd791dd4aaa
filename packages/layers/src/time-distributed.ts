import { ShapeError, showShape, type Tensor } from '@nn/tensor';
import { checkFunction, type Layer, layer, type LayerFunction, titleOf } from './layer.ts';
import { variablesOf } from './variables-of.ts';

/**
 * A layer on every step of a sequence: each step is taken as a sample of its own, with the same weights.
 *
 *   x [N, time, …] → y [N, time, …],   y[n, t] = layer(x[n, t])
 *
 * `dense` needs it not, since it takes rows with any axes before them; convolutions of pictures in a film do.
 *
 * @param inner  a layer, a model, or a function of a tensor
 * @throws TypeError when it is no function
 * @throws ShapeError when x has no axis of time, or the layer does not keep its samples
 * @example
 * const random = randomState(0);
 * timeDistributed(conv2d(1, 2, 3, { random }))(zeros([2, 7, 1, 5, 5])).shape.join(' ')   // 2 7 2 3 3
 */
/* @__NO_SIDE_EFFECTS__ */
export function timeDistributed(inner: LayerFunction): Layer {
  checkFunction('timeDistributed', inner);
  const title = `timeDistributed(${titleOf(inner)})`;
  return layer({
    title,
    ...variablesOf(title, [['layer', inner]]),
    call(x, call): Tensor {
      if (x.rank < 2) {
        throw new ShapeError(
          `${title} expects x of shape [N, time, …], got ${showShape(x.shape)}. Add the axis of time.`,
        );
      }
      const [samples, steps, ...step] = x.shape as [number, number, ...number[]];
      const y = inner(x.reshape([samples * steps, ...step]), call);
      if (y.shape[0] !== samples * steps) {
        throw new ShapeError(
          `${title}: of ${samples * steps} samples the layer made ${showShape(y.shape)}. ` +
            `Let it keep the first axis.`,
        );
      }
      return y.reshape([samples, steps, ...y.shape.slice(1)]);
    },
  }) as unknown as Layer;
}
