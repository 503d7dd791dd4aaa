import { checkOptions, type LayerCall, type Shape, type Tensor, where } from '@nn/tensor';
import { checkInput } from './check-input.ts';

/** The options of `threshold`. */
export interface ThresholdOptions extends LayerCall {
  /** The largest number that is replaced; 0 unless given. */
  readonly threshold?: number;
  /** What replaces it; 0 unless given. */
  readonly value?: number;
}

/**
 * Numbers up to a threshold are replaced by a value.
 *
 *   y = x where x > threshold, else value
 *
 * @param x  any shape
 * @returns  numbers of the shape of x
 * @throws TypeError when x is no tensor, or an option is unknown
 * @example String(threshold(tensor([-1, 0.5, 2]), { threshold: 1, value: 9 }))   // [9. 9. 2.]
 * @see PyTorch, torch.nn.Threshold
 */
export function threshold<S extends Shape>(x: Tensor<S>, options: ThresholdOptions = {}): Tensor<S> {
  checkInput(x, 'threshold');
  const { threshold = 0, value = 0 } = checkOptions('threshold', options, ['threshold', 'value', 'training']);
  return where(x.lessEqual(threshold), value, x) as Tensor<S>;
}
