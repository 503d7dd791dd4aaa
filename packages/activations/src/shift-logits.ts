import { checkOptions, type LayerCall, normalizeAxis, type Tensor } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/** The options of `softmax` and `logSoftmax`. */
export interface SoftmaxOptions extends LayerCall {
  /** The axis of the classes, the last unless given. Negative axes count from the end. */
  readonly axis?: number;
}

/**
 * The logits minus their maximum along the axis, so that no exponential overflows, and that axis. Softmax is the same
 * for x and x − c, so the shift needs no gradient.
 *
 * @throws TypeError when x is no tensor, or an option is unknown
 * @throws ShapeError when x has no such axis
 */
export function shiftLogits(
  x: Tensor,
  options: SoftmaxOptions,
  caller: string,
): { readonly shifted: Tensor; readonly axis: number } {
  checkInput(x, caller);
  const { axis: given = -1 } = checkOptions(caller, options, ['axis', 'training']);
  const axis = normalizeAxis(given, x.rank, caller);
  // An axis of length 0 has no maximum, and nothing to shift.
  return { shifted: x.shape[axis] === 0 ? x : x.sub(x.max(axis, { keepdims: true }).detach()), axis };
}
