import type { Tensor } from '@nn/tensor';
import { type ClassCounts, type ClassOptions, countClasses, mergeCounts } from './class-counts.ts';
import { metric, type Metric } from './metric.ts';

/**
 * A metric that depends on the confusion matrix alone. Rows of classes that are not listed in `classes` are left out.
 *
 * @param known  the names of further options
 * @param score  the metric of the matrix, float64
 */
/* @__NO_SIDE_EFFECTS__ */
export function ofConfusionMatrix<Options extends ClassOptions>(
  name: string,
  known: readonly string[],
  score: (matrix: Tensor, options: Options) => Tensor,
): Metric<Options> {
  return metric<Options, ClassCounts>({
    name,
    options: ['classes', ...known],
    measure: (prediction, labels, options) => countClasses(name, prediction, labels, options),
    merge: mergeCounts,
    result: ({ counts }, options) => score(counts.slice([1], [1]).cast('float64'), options),
  });
}
