import { checkNumber, checkOptions, type Tensor, zeros } from '@nn/tensor';

export interface RegularizationOptions {
  /** The factor of Σ |w|; 0 unless given. */
  readonly l1?: number;
  /** The factor of Σ w²; 0 unless given. */
  readonly l2?: number;
  /** Which parameters count, by name; all unless given. */
  readonly only?: (name: string) => boolean;
}

/**
 * A penalty on large parameters, to be added to the loss of the data: it reduces overfitting.
 *
 *   l₁ · Σ |w| + l₂ · Σ w²
 *
 * The sum of squares is neither halved nor averaged, as in Kinsley and Kukieła's book. The gradient of |w| at 0 is 0 (in
 * the book l₁). To penalize weights and biases differently, add the results of two calls.
 *
 * @param parameters  variables by name, as a model's `parameters` are, or in an array, whose names are '0', '1', …
 * @returns           scalar, shape []
 * @throws TypeError, RangeError when l1 or l2 is negative or not finite
 * @throws TypeError when an option is unknown
 * @example String(regularization({ weight: tensor([[1, -2]]), bias: tensor([5]) }, { l1: 0.1, l2: 0.01 }))   // 1.1
 * @example
 * const parameters = { weight: tensor([[1, -2]]), bias: tensor([5]) };
 * String(regularization(parameters, { l2: 0.01, only: (name) => name.endsWith('weight') }))   // 0.049999997
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §7.1
 */
export function regularization(
  parameters: Tensor | readonly Tensor[] | Readonly<Record<string, Tensor>>,
  options: RegularizationOptions,
): Tensor {
  const { l1 = 0, l2 = 0, only } = checkOptions('regularization', options, ['l1', 'l2', 'only']);
  checkStrength('l1', l1);
  checkStrength('l2', l2);
  const named: [string, Tensor][] = Object.entries('@nn/tensor' in parameters ? [parameters as Tensor] : parameters);
  const chosen = named.filter(([name]) => only?.(name) ?? true);
  const penalties = chosen.flatMap(([, w]: [string, Tensor]) => [
    ...(l1 > 0 ? [w.abs().sum().mul(l1)] : []),
    ...(l2 > 0 ? [w.mul(w).sum().mul(l2)] : []),
  ]);
  return penalties.reduce((total, penalty) => total.add(penalty), zeros([]));
}

function checkStrength(name: string, value: number): void {
  const fits = value >= 0 && value < Infinity;
  checkNumber('regularization', name, value, fits, 'a finite number, at least 0', 'Leave it out for none.');
}
