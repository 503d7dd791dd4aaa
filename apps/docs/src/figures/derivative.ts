import { gradients, type Tensor, tensor, watch } from '@nn/tensor';

/** The values and derivatives of a scalar function at some points. */
export interface ValuesAndDerivatives {
  readonly values: readonly number[];
  readonly derivatives: readonly number[];
}

/** Evaluates a scalar function and its derivative at some points, in float64, with `gradients`. */
export function valuesAndDerivatives(f: (x: Tensor) => Tensor, at: readonly number[]): ValuesAndDerivatives {
  const x = watch(tensor(at, { dtype: 'float64' }));
  const y = f(x);
  return { values: [...y.data], derivatives: [...gradients(y.sum(), x).data] };
}
