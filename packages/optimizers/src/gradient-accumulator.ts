import { checkNumber, checkTensor, full, type NamedVariables, type Tensor, type Variable, variable } from '@nn/tensor';
import { float64 } from './learning-rate.ts';
import { flatten, type Gradients, mapNested, type NestedVariables } from './nested.ts';
import { checkGradients, checkParameter } from './optimizer.ts';

/** The weighted mean of the gradients of several small batches. */
export interface GradientAccumulator {
  /**
   * Adds gradients.
   *
   * @param weight  how much they count: usually the rows of the batch. Default 1.
   * @throws DTypeError, ShapeError when they do not fit the parameters; nothing has changed then
   * @throws RangeError, TypeError when the weight is a number not above 0
   */
  add(gradients: Gradients, weight?: number | Tensor): void;
  /** The mean of what was added, for `optimizer.step`. Starts again from nothing. NaN when nothing was added. */
  take(): Gradients;
  /** Its state by name. */
  readonly state: NamedVariables;
}

/**
 * Adds up the gradients of several small batches for one step of an optimizer, which then moves as for one large batch.
 *
 *   mean = Σ weight·g / Σ weight
 *
 * It works in compiled functions: one that adds, and one that steps.
 *
 * @param parameters  variables by name, also in records of records
 * @throws DTypeError when a parameter is no variable, or not floating
 * @example
 * const w = variable(tensor([0]));
 * const sums = gradientAccumulator({ w });
 * sums.add({ w: tensor([1]) }, 3);
 * sums.add({ w: tensor([5]) }, 1);
 * String(sums.take()['w'])   // [2.]
 */
export function gradientAccumulator(parameters: NestedVariables): GradientAccumulator {
  const caller = 'gradientAccumulator';
  const named = flatten<Variable>(parameters, caller);
  const weights = variable(float64(0) as Tensor, { name: 'weights' });
  const sums: Record<string, Variable> = {};
  const state: Record<string, Variable> = { weights };
  for (const [name, parameter] of Object.entries(named)) {
    checkParameter(`${caller}: the parameter '${name}'`, parameter);
    const { shape, dtype } = parameter;
    sums[name] = variable(full(shape, 0, { dtype }) as Tensor, { name: `${name}.sum` });
    state[sums[name].name] = sums[name];
  }
  return {
    add(gradients, weight = 1) {
      const given = flatten<Tensor>(gradients, `${caller}.add`);
      checkGradients(`${caller}.add`, named, given);
      if (typeof weight === 'number') {
        const fits = weight > 0 && weight < Infinity;
        checkNumber(`${caller}.add`, 'weight', weight, fits, 'a finite number above 0', 'Give the rows of the batch.');
      }
      const counted = typeof weight === 'number' ? float64(weight) : checkTensor(weight, `${caller}.add: weight`);
      const assignments = Object.entries(sums).map(
        ([name, sum]) => [sum, sum.add(given[name]!.mul(counted.cast(sum.dtype)))] as const,
      );
      weights.assign(weights.add(counted.cast('float64')));
      for (const [sum, value] of assignments) sum.assign(value);
    },
    take() {
      const means = mapNested(parameters as Gradients, (parameter) => {
        const name = Object.keys(named).find((one) => named[one] === parameter)!;
        return sums[name]!.div(weights.cast(parameter.dtype));
      });
      for (const sum of Object.values(sums)) sum.assign(full(sum.shape, 0, { dtype: sum.dtype }));
      weights.assign(0);
      return means;
    },
    state,
  };
}
