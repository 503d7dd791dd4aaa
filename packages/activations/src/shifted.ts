import { type LayerCall, normalizeAxis, type Tensor } from '@nn/tensor';

export interface SoftmaxOptions extends LayerCall {
  /** Along which axis the classes lie; the last unless another is given. Negative axes count from the end. */
  readonly axis?: number;
}

/**
 * x less its largest element along the axis, so that no power of e overflows. Softmax is the same for x and x − c:
 * the shift needs no gradient.
 *
 * @throws ShapeError when x has no such axis
 */
export function shifted(x: Tensor, axis: number, asked: string): Tensor {
  const along = normalizeAxis(axis, x.rank, asked);
  // Nothing has no largest element, and nothing to shift.
  return x.shape[along] === 0 ? x : x.sub(x.max(along, { keepdims: true }).detach());
}
