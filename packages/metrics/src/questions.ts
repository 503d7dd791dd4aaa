import {
  checkLabels,
  checkTensor,
  concat,
  DTypeError,
  oneHot,
  ones,
  ShapeError,
  showShape,
  type Tensor,
} from '@nn/tensor';
import type { MetricOptions } from './metric.ts';
import { checkOneShape } from './one-shape.ts';
import { checkBinaryTargets } from './probabilities.ts';
import { checkWeights } from './score.ts';
import type { Question } from './thresholds.ts';

/** Scores and answers of one or several yes-or-no questions, [N, questions], float64. */
export interface Scored {
  readonly scores: Tensor;
  readonly answers: Tensor;
  /** [N], float64; undefined without weights. */
  readonly weights: Tensor | undefined;
  /** Whether the questions are which of the classes a row is of. */
  readonly classes: boolean;
}

/**
 * Scores of yes-or-no questions and their answers.
 *
 * @param scores  [N] with answers 0 and 1, [N]; or [N, questions] with answers of that shape; or [N, classes] with class
 *   indices, int32, [N]
 * @throws ShapeError when the shapes do not fit, or there is not one weight for each row
 * @throws RangeError when an answer is neither 0 nor 1
 */
export function scored(caller: string, scores: Tensor, target: Tensor, { weights }: MetricOptions): Scored {
  const { rank, shape, dtype } = checkTensor(scores, caller);
  if (rank === 0 || rank > 2) {
    throw new ShapeError(
      `${caller}: prediction must have a score for each sample, shape [N], or for each class or question of it, shape ` +
        `[N, classes], got ${showShape(shape)}. Reshape it.`,
    );
  }
  if (dtype === 'bool')
    throw new DTypeError(`${caller}: scores must be numbers, got bool. Give probabilities or logits.`);
  if (weights !== undefined) checkWeights(caller, weights, shape[0]!);
  const [x, w] = [scores.cast('float64'), weights?.cast('float64')];
  if (rank === 2 && checkTensor(target, caller).rank === 1 && target.shape[0] === shape[0]) {
    checkLabels(target, shape[1]!, caller);
    return { scores: x, answers: oneHot(target, shape[1]!, { dtype: 'float64' }), weights: w, classes: true };
  }
  checkOneShape(caller, scores, target);
  checkBinaryTargets(caller, target, 'Give a score for each class where there are more than two.');
  const columns = (each: Tensor): Tensor => (rank === 1 ? each.expandDims(1) : each);
  return { scores: columns(x), answers: columns(target.cast('float64')), weights: w, classes: false };
}

/** The rows of both. Rows without weights count once. */
export function addScored(first: Scored, second: Scored): Scored {
  const weightsOf = ({ weights, scores }: Scored): Tensor => weights ?? ones([scores.shape[0]!], { dtype: 'float64' });
  const weighted = first.weights !== undefined || second.weights !== undefined;
  return {
    scores: concat([first.scores, second.scores], 0),
    answers: concat([first.answers, second.answers], 0),
    weights: weighted ? concat([weightsOf(first), weightsOf(second)], 0) : undefined,
    classes: first.classes,
  };
}

/** Each question by itself. */
export function questionsOf({ scores, answers, weights }: Scored): readonly Question[] {
  const [rows, questions] = scores.shape as [number, number];
  const [columns, truths] = [scores.transpose().data, answers.transpose().data];
  return Array.from({ length: questions }, (_, at) => ({
    scores: columns.subarray(at * rows, (at + 1) * rows),
    answers: truths.subarray(at * rows, (at + 1) * rows),
    weights: weights?.data,
  }));
}

/** The answers of all questions as those of a single one. */
export function together({ scores, answers, weights }: Scored): Question {
  const { shape } = scores;
  return {
    scores: scores.data,
    answers: answers.data,
    weights: weights?.expandDims(1).expand(shape).data,
  };
}

/** The only question. */
export function onlyQuestion(caller: string, given: Scored): Question {
  const questions = questionsOf(given);
  if (questions.length === 1) return questions[0]!;
  throw new ShapeError(
    `${caller}: a curve is of one question, shape [N], got ${questions.length} columns. Write slice([], 0) for the first.`,
  );
}

/** The weight of the rows whose answer is yes. */
export function yeses({ answers, weights }: Question): number {
  return Array.from(answers).reduce((sum, answer, row) => sum + answer * (weights?.[row] ?? 1), 0);
}

/** Σ weight · value / Σ weight; what has no weight does not count. */
export function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return values.reduce((sum, value, at) => sum + (weights[at] === 0 ? 0 : value * weights[at]!), 0) / total;
}
