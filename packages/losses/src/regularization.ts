import { checkNumber, type Targets, Tensor, zeros } from '@nn/tensor';

export interface RegularizationOptions {
  /** How strongly |w| is held down; 0 unless given. */
  readonly l1?: number;
  /** How strongly w² is held down; 0 unless given. */
  readonly l2?: number;
  /** Which parameters count, by name: all unless given. */
  readonly only?: (name: string) => boolean;
}

/**
 * A price on large parameters, to add to the loss of the data: the smaller they stay, the less a model learns by heart.
 *
 *   l₁ · Σ |w| + l₂ · Σ w²
 *
 * l₂ is neither halved nor averaged: this is the algebra of the notebook's book. The slope of |w| at 0 is 0 (in the book
 * l₁). Weights and biases with prices of their own are two calls whose results add up.
 *
 * @param parameters  variables by name, as a model's `parameters` are, or in an array, whose names are '0', '1', …
 * @returns           scalar, shape []
 * @throws TypeError, RangeError when a strength is no finite number from 0 on
 * @example String(regularization({ weight: tensor([[1, -2]]), bias: tensor([5]) }, { l1: 0.1, l2: 0.01 }))   // 1.1
 * @example
 * const parameters = { weight: tensor([[1, -2]]), bias: tensor([5]) };
 * String(regularization(parameters, { l2: 0.01, only: (name) => name.endsWith('weight') }))   // 0.049999997
 * @see Goodfellow, Bengio, Courville, Deep Learning (2016), §7.1
 */
export function regularization(parameters: Targets, { l1 = 0, l2 = 0, only }: RegularizationOptions): Tensor {
  checkStrength('l1', l1);
  checkStrength('l2', l2);
  const named = Object.entries(parameters instanceof Tensor ? [parameters] : parameters);
  const chosen = named.filter(([name]) => only?.(name) ?? true);
  const prices = chosen.flatMap(([, w]: [string, Tensor]) => [
    ...(l1 > 0 ? [w.abs().sum().mul(l1)] : []),
    ...(l2 > 0 ? [w.mul(w).sum().mul(l2)] : []),
  ]);
  return prices.reduce((total, price) => total.add(price), zeros([]));
}

function checkStrength(name: string, value: number): void {
  const fits = value >= 0 && value < Infinity;
  checkNumber('regularization', name, value, fits, 'a finite number from 0 on', 'Leave it out for none.');
}
