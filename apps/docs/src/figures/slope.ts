import { gradients, type Tensor, tensor, watch } from '@nn/tensor';

/** A function of single numbers, with its slope, as the packages compute them. */
export interface ValuesAndSlopes {
  readonly values: readonly number[];
  readonly slopes: readonly number[];
}

/** Values and slopes of a function at some numbers, in float64; the slopes are its gradients. */
export function valuesAndSlopes(f: (x: Tensor) => Tensor, at: readonly number[]): ValuesAndSlopes {
  const x = watch(tensor(at, { dtype: 'float64' }));
  const y = f(x);
  return { values: [...y.data], slopes: [...gradients(y.sum(), x).data] };
}
