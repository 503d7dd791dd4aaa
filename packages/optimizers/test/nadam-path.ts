import type { GoldenCase } from '@nn/golden';

/**
 * 20 steps of NAdam on ½ xᵀAx − bᵀx by its published formula, in plain numbers.
 *
 * @param extraFactor  multiplies the product of the momentums once more by the current one, as PyTorch 1.13 does
 */
export function nadamPath(
  inputs: GoldenCase['inputs'],
  config: GoldenCase['config'],
  { extraFactor = false }: { readonly extraFactor?: boolean } = {},
): number[] {
  const {
    lr,
    betas,
    eps,
    momentum_decay,
    weight_decay = 0,
  } = config as {
    readonly lr: number;
    readonly betas: readonly [number, number];
    readonly eps: number;
    readonly momentum_decay: number;
    readonly weight_decay?: number;
  };
  const given = (name: string): number[] => inputs[name]!.data.map(Math.fround);
  const [a, b, x] = [given('A'), given('b'), given('x0')];
  const size = x.length;
  const [m, v] = [new Float64Array(size), new Float64Array(size)];
  const momentumAt = (step: number): number => betas[0] * (1 - 0.5 * 0.96 ** (step * momentum_decay));
  const path: number[] = [];
  let product = 1;
  for (let step = 1; step <= 20; step++) {
    const [current, next] = [momentumAt(step), momentumAt(step + 1)];
    product *= current;
    const nextProduct = product * next * (extraFactor ? current : 1);
    const gradient = x.map((_, i) =>
      x.reduce((sum, xj, j) => sum + ((a[i * size + j]! + a[j * size + i]!) / 2) * xj, -b[i]!),
    );
    for (let i = 0; i < size; i++) {
      const g = gradient[i]! + weight_decay * x[i]!;
      m[i] = betas[0] * m[i]! + (1 - betas[0]) * g;
      v[i] = betas[1] * v[i]! + (1 - betas[1]) * g * g;
      const change = (next * m[i]!) / (1 - nextProduct) + ((1 - current) * g) / (1 - product);
      x[i]! -= (lr * change) / (Math.sqrt(v[i]! / (1 - betas[1] ** step)) + eps);
    }
    path.push(...x);
  }
  return path;
}
