import { erf as operation } from './operations/erf.ts';
import type { Shape } from './shape.ts';
import { apply, type Tensor } from './tensor.ts';

/**
 * The error function, element by element.
 *
 *   erf a = 2/√π · ∫₀ᵃ e^(−t²) dt
 *
 * A function, not a method: few need it, and its coefficients travel with those who do.
 *
 * @param a  floating numbers stay in their dtype, all else becomes float32
 * @returns  a tensor of the shape of a
 * @example String(erf(tensor([0, 1])))   // [0.        0.8427008]
 */
export function erf<S extends Shape>(a: Tensor<S>): Tensor<S> {
  return apply(operation, [a as unknown as Tensor], undefined) as unknown as Tensor<S>;
}
