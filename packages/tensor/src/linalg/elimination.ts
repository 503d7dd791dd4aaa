/**
 * Gaussian elimination in place: above the diagonal and on it stands U, below it stands L without its ones.
 *
 * @param a      a matrix of m rows and n columns in row-major order, overwritten
 * @param pivot  whether rows are exchanged, so that the largest element of a column is its pivot
 * @returns      the rows of a in their new order, and the sign of that permutation
 */
export function eliminate(
  a: Float64Array,
  m: number,
  n: number,
  pivot: boolean,
): { readonly order: readonly number[]; readonly sign: number } {
  const order = Array.from({ length: m }, (_, row) => row);
  let sign = 1;
  for (let step = 0; step < Math.min(m, n); step++) {
    let best = step;
    if (pivot) {
      for (let row = step + 1; row < m; row++) {
        if (Math.abs(a[row * n + step]!) > Math.abs(a[best * n + step]!)) best = row;
      }
    }
    if (best !== step) {
      const upper = a.slice(step * n, (step + 1) * n);
      a.copyWithin(step * n, best * n, (best + 1) * n);
      a.set(upper, best * n);
      [order[step], order[best]] = [order[best]!, order[step]!];
      sign = -sign;
    }
    const divisor = a[step * n + step]!;
    if (divisor === 0) continue;
    for (let row = step + 1; row < m; row++) {
      const factor = (a[row * n + step]! /= divisor);
      for (let column = step + 1; column < n; column++) a[row * n + column]! -= factor * a[step * n + column]!;
    }
  }
  return { order, sign };
}
