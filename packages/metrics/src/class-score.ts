import { eye, type Tensor, where } from '@nn/tensor';
import { type ClassCounts, type ClassOptions, countClasses, mergeCounts } from './class-counts.ts';
import { metric, type Metric } from './metric.ts';

/** The options of the scores of classes: precision, recall, and what is made of them. */
export interface ClassScoreOptions extends ClassOptions {
  /**
   * How the scores of the classes become one number:
   * - `binary`, the default: the score of the class `positive`, of at most two;
   * - `macro`: their mean, every class counting the same;
   * - `weighted`: their mean, each class counting by its rows;
   * - `micro`: the score of the counts of all classes together;
   * - `none`: one score for each class.
   *
   * Unless `classes` says which classes there are, those that neither occur nor are predicted do not count in `macro`.
   */
  readonly average?: 'binary' | 'macro' | 'micro' | 'weighted' | 'none' | undefined;
  /** The class that `binary` gives the score of; 1 unless given. */
  readonly positive?: number | undefined;
}

/** What a score of a class is made of, float64, one number for each class. */
export interface Outcomes {
  /** How often the class was predicted and right. */
  readonly right: Tensor;
  /** How often it was predicted. */
  readonly predicted: Tensor;
  /** How often it was the label. */
  readonly actual: Tensor;
}

/** The outcomes of each class. */
export function outcomesOf({ counts }: ClassCounts): Outcomes {
  const all = counts.cast('float64');
  const diagonal = all.mul(eye(all.shape[0]!, { dtype: 'float64' })).sum(0);
  const listed = (x: Tensor): Tensor => x.slice([1]);
  return { right: listed(diagonal), predicted: listed(all.sum(0)), actual: listed(all.sum(1)) };
}

/** a / b in float64, and 0 where b is 0. */
export function ratio(a: Tensor, b: Tensor): Tensor {
  const zero = b.equal(0);
  return where(zero, 0, a.cast('float64').div(where(zero, 1, b)));
}

/**
 * A metric that is a score of each class, averaged as `average` says.
 *
 * @param known  the names of further options
 * @param score  the score of each class from its outcomes; it is also given sums of them
 */
/* @__NO_SIDE_EFFECTS__ */
export function classScore<Options extends ClassScoreOptions>(
  name: string,
  known: readonly string[],
  score: (outcomes: Outcomes, options: Options) => Tensor,
): Metric<Options> {
  return metric<Options, ClassCounts>({
    name,
    options: ['classes', 'average', 'positive', ...known],
    measure(prediction, labels, options) {
      checkAverage(name, options.average);
      return countClasses(name, prediction, labels, options);
    },
    merge: mergeCounts,
    result(counts, options) {
      const { average = 'binary' } = options;
      const outcomes = outcomesOf(counts);
      if (average === 'micro') {
        const { right, predicted, actual } = outcomes;
        return score({ right: right.sum(), predicted: predicted.sum(), actual: actual.sum() }, options);
      }
      const scores = score(outcomes, options);
      if (average === 'none') return scores;
      if (average === 'binary') return ofPositive(name, scores, options);
      const listed = options.classes !== undefined;
      const occurs = counts.occurrences.slice([1]).greater(0);
      const weight = average === 'weighted' ? outcomes.actual : listed ? occurs.equal(occurs) : occurs;
      return ratio(scores.mul(weight).sum(), weight.sum());
    },
  });
}

const averages: ReadonlySet<unknown> = /* @__PURE__ */ new Set(['binary', 'macro', 'micro', 'weighted', 'none']);

function checkAverage(caller: string, average: ClassScoreOptions['average'] = 'binary'): void {
  if (averages.has(average)) return;
  throw new TypeError(
    `${caller}: average must be 'binary', 'macro', 'micro', 'weighted' or 'none', got ${String(average)}. ` +
      `Leave it out for the score of class 1 of two.`,
  );
}

/** The score of the positive class; 0 where it has not occurred, so that there is no score of it. */
function ofPositive(caller: string, scores: Tensor, { classes, positive = 1 }: ClassScoreOptions): Tensor {
  if (scores.size > 2) {
    throw new RangeError(
      `${caller}: average 'binary' is for two classes, got ${scores.size}. Write average: 'macro', 'micro', 'weighted' or ` +
        `'none'.`,
    );
  }
  const at = typeof classes === 'object' ? classes.indexOf(positive) : positive;
  if (at === 0 || at === 1) return at < scores.size ? scores.slice(at) : scores.sum().mul(0);
  throw new RangeError(
    `${caller}: positive must be one of the two classes, got ${positive}. Write 1 for the class with index 1.`,
  );
}
