import { tensor, type Tensor } from '@nn/tensor';
import { metric, type Metric, type MetricOptions } from './metric.ts';
import { addScored, questionsOf, type Scored, scored, together, weightedMean, yeses } from './questions.ts';
import { checkAverage } from './regression.ts';
import { precisionRecallPoints, type Question } from './thresholds.ts';

/** The options of `averagePrecision`. */
export interface AveragePrecisionOptions extends MetricOptions {
  /**
   * How the scores of several classes or questions become one: `macro`, the default, their mean; `weighted`, each counting
   * by its yeses; `micro`, the score of all answers together; `none`, one score for each.
   */
  readonly average?: 'macro' | 'weighted' | 'micro' | 'none' | undefined;
}

const caller = 'averagePrecision';

/**
 * The area under the precision–recall curve, as a sum over its steps, not interpolated.
 *
 *   Σₙ (recallₙ − recallₙ₋₁) · precisionₙ
 *
 * 0 where there is no yes. It sorts the scores, so that it reads their numbers: within `compile` it is refused.
 *
 * @param prediction  scores, larger for yes, shape [N]; or one for each class or question, shape [N, classes]
 * @param target      1 for yes, 0 for no, of the same shape; or class indices, int32, shape [N], for scores of classes
 * @returns           scalar, float64; with `average: 'none'` one score for each class or question
 * @throws ShapeError when the shapes do not fit
 * @throws RangeError when a target is neither 0 nor 1
 * @throws TypeError when an option is unknown
 * @example String(averagePrecision(tensor([0.9, 0.6, 0.4, 0.1]), tensor([1, 0, 0, 1])))   // 0.75
 */
export const averagePrecision: Metric<AveragePrecisionOptions> = metric<AveragePrecisionOptions, Scored>({
  name: caller,
  options: ['average'],
  measure(prediction, target, options) {
    checkAverage(caller, options.average, ['macro', 'weighted', 'micro', 'none']);
    return scored(caller, prediction, target, options);
  },
  merge: addScored,
  result(given, { average = 'macro' }) {
    const float64 = (value: number | number[]): Tensor => tensor(value, { dtype: 'float64' });
    const questions = questionsOf(given);
    if (questions.length === 1 && !given.classes) return float64(ofQuestion(questions[0]!));
    if (average === 'micro') return float64(ofQuestion(together(given)));
    const each = questions.map(ofQuestion);
    if (average === 'none') return float64(each);
    return float64(weightedMean(each, average === 'weighted' ? questions.map(yeses) : each.map(() => 1)));
  },
});

function ofQuestion(question: Question): number {
  const { precisions, recalls } = precisionRecallPoints(question);
  const step = (at: number): number => recalls[at]! - (recalls[at + 1] ?? 0);
  return precisions.reduce((sum, precision, at) => sum + step(at) * precision, 0);
}
