import { checkNumber, ShapeError, tensor, type Tensor } from '@nn/tensor';
import { metric, type Metric, type MetricOptions } from './metric.ts';
import { checkAverage } from './regression.ts';
import { addScored, questionsOf, type Scored, scored, together, weightedMean, yeses } from './questions.ts';
import { type Question, rocPoints } from './thresholds.ts';

/** The options of `rocAuc`. */
export interface RocAucOptions extends MetricOptions {
  /**
   * How the areas of several classes or questions become one: `macro`, the default, their mean; `weighted`, each counting
   * by its yeses; `micro`, the area of all answers together; `none`, one area for each.
   */
  readonly average?: 'macro' | 'weighted' | 'micro' | 'none' | undefined;
  /**
   * How classes are compared, for class indices: `ovr`, the default, each with the rest; or `ovo`, each with each other,
   * which does not depend on how frequent they are.
   */
  readonly multiClass?: 'ovr' | 'ovo' | undefined;
  /**
   * Takes the area up to this rate of false yeses only, and scales it so that guessing is ½ and all right is 1; for one
   * question. 1 unless given.
   */
  readonly maxFalsePositiveRate?: number | undefined;
}

const caller = 'rocAuc';

/**
 * The area under the ROC curve: how likely a yes has a larger score than a no. 1 if all have, ½ for guessing.
 *
 * NaN where there is no yes, or no no. It sorts the scores, so that it reads their numbers: within `compile` it is refused.
 *
 * @param prediction  scores, larger for yes, shape [N]; or one for each class or question, shape [N, classes]
 * @param target      1 for yes, 0 for no, of the same shape; or class indices, int32, shape [N], for scores of classes
 * @returns           scalar, float64; with `average: 'none'` one area for each class or question
 * @throws ShapeError when the shapes do not fit
 * @throws RangeError when a target is neither 0 nor 1, or the rate is not between 0 and 1
 * @throws TypeError when an option is unknown, or does not go with another
 * @example String(rocAuc(tensor([0.9, 0.6, 0.4, 0.1]), tensor([1, 0, 1, 0])))   // 0.75
 * @see Hand, Till, A Simple Generalisation of the Area Under the ROC Curve for Multiple Class Classification Problems (2001)
 */
export const rocAuc: Metric<RocAucOptions> = metric<RocAucOptions, Scored>({
  name: caller,
  options: ['average', 'multiClass', 'maxFalsePositiveRate'],
  measure(prediction, target, options) {
    const { average, multiClass = 'ovr', maxFalsePositiveRate: rate = 1 } = options;
    checkAverage(caller, average, ['macro', 'weighted', 'micro', 'none']);
    if (multiClass !== 'ovr' && multiClass !== 'ovo') {
      throw new TypeError(
        `${caller}: multiClass must be 'ovr' or 'ovo', got ${String(multiClass)}. Leave it out for 'ovr'.`,
      );
    }
    if (multiClass === 'ovo' && (average === 'micro' || average === 'none')) {
      throw new TypeError(
        `${caller}: 'ovo' is averaged 'macro' or 'weighted', got ${average}. Write multiClass: 'ovr'.`,
      );
    }
    const fits = rate > 0 && rate <= 1;
    checkNumber(caller, 'maxFalsePositiveRate', rate, fits, 'a number above 0, at most 1', 'Leave it out for 1.');
    const given = scored(caller, prediction, target, options);
    if (rate < 1 && given.scores.shape[1] !== 1) {
      throw new ShapeError(
        `${caller}: maxFalsePositiveRate is for one question, shape [N], got ${given.scores.shape[1]} columns. ` +
          `Leave it out, or take the area of one column.`,
      );
    }
    return given;
  },
  merge: addScored,
  result(given, { average = 'macro', multiClass = 'ovr', maxFalsePositiveRate: rate = 1 }) {
    const float64 = (value: number | number[]): Tensor => tensor(value, { dtype: 'float64' });
    const questions = questionsOf(given);
    if (questions.length === 1 && !given.classes) return float64(areaOf(questions[0]!, rate));
    if (average === 'micro') return float64(areaOf(together(given), 1));
    if (multiClass === 'ovo' && given.classes) return float64(pairwise(questions, average === 'weighted'));
    const areas = questions.map((question) => areaOf(question, 1));
    if (average === 'none') return float64(areas);
    return float64(weightedMean(areas, average === 'weighted' ? questions.map(yeses) : areas.map(() => 1)));
  },
});

function areaOf(question: Question, rate: number): number {
  const { falses, trues } = rocPoints(question, false);
  let area = 0;
  for (let at = 1; at < falses.length; at++) {
    const [x0, x1, y0, y1] = [falses[at - 1]!, falses[at]!, trues[at - 1]!, trues[at]!];
    // The curve is cut at the rate, on the line between its neighbours.
    const x = Math.min(x1, rate);
    if (x1 > rate && x0 >= rate) break;
    const y = x1 === x ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
    area += ((x - x0) * (y0 + y)) / 2;
  }
  if (Number.isNaN(falses.at(-1)!) || Number.isNaN(trues.at(-1)!)) return NaN;
  if (rate === 1) return area;
  const least = (rate * rate) / 2;
  return 0.5 * (1 + (area - least) / (rate - least));
}

/** The mean over pairs of classes of the areas of each against the other. */
function pairwise(questions: readonly Question[], weighted: boolean): number {
  const areas: number[] = [];
  const sizes: number[] = [];
  for (const [a, first] of questions.entries()) {
    for (const second of questions.slice(a + 1)) {
      const rows = Array.from(first.answers, (_, row) => row).filter(
        (row) => first.answers[row] === 1 || second.answers[row] === 1,
      );
      const area = ({ scores, answers, weights }: Question): number =>
        areaOf(
          {
            scores: rows.map((row) => scores[row]!),
            answers: rows.map((row) => answers[row]!),
            weights: weights && rows.map((row) => weights[row]!),
          },
          1,
        );
      areas.push((area(first) + area(second)) / 2);
      sizes.push(weighted ? yeses(first) + yeses(second) : 1);
    }
  }
  return weightedMean(areas, sizes);
}
