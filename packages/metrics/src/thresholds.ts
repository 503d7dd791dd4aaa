/** What is predicted to be a yes at each threshold: all with a score of at least it. */
export interface Steps {
  /** The different scores, descending. */
  readonly scores: Float64Array;
  /** The weight of the true and of the false yeses up to each. */
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
}

/** One question: the score of each row, whether its answer is yes, and its weight. */
export interface Question {
  readonly scores: ArrayLike<number>;
  readonly answers: ArrayLike<number>;
  /** undefined when all count once */
  readonly weights: ArrayLike<number> | undefined;
}

/** Sorts rows by their scores. Rows of weight 0 are left out, and rows of equal scores are one step. */
function stepsOf({ scores, answers, weights }: Question): Steps {
  const rows = Array.from({ length: scores.length }, (_, row) => row).filter((row) => weights?.[row] !== 0);
  rows.sort((a, b) => scores[b]! - scores[a]!);
  const different = rows.filter((row, at) => at === rows.length - 1 || scores[row] !== scores[rows[at + 1]!]);
  const [truePositives, falsePositives] = [new Float64Array(different.length), new Float64Array(different.length)];
  let [hits, misses, step] = [0, 0, 0];
  for (const [at, row] of rows.entries()) {
    const weight = weights?.[row] ?? 1;
    if (answers[row] === 1) hits += weight;
    else misses += weight;
    if (at < rows.length - 1 && scores[row] === scores[rows[at + 1]!]) continue;
    truePositives[step] = hits;
    falsePositives[step++] = misses;
  }
  return { scores: Float64Array.from(different, (row) => scores[row]!), truePositives, falsePositives };
}

/** The rates of false and of true yeses of a question, by descending thresholds, from nothing to everything. */
export function rocPoints(
  question: Question,
  dropIntermediate: boolean,
): Readonly<Record<'falses' | 'trues' | 'thresholds', readonly number[]>> {
  const { scores, truePositives, falsePositives } = stepsOf(question);
  const [t, f] = [truePositives, falsePositives];
  const bends = (x: Float64Array, at: number): boolean => x[at + 1]! - x[at]! - (x[at]! - x[at - 1]!) !== 0;
  const kept = Array.from(scores.keys()).filter(
    (at) => !dropIntermediate || at === 0 || at === scores.length - 1 || bends(t, at) || bends(f, at),
  );
  const rates = (x: Float64Array): number[] => [0, ...kept.map((at) => x[at]!)].map((count) => count / (x.at(-1) ?? 0));
  return { falses: rates(f), trues: rates(t), thresholds: [Infinity, ...kept.map((at) => scores[at]!)] };
}

/** Precision and recall of a question, by ascending thresholds. */
export function precisionRecallPoints(
  question: Question,
): Readonly<Record<'precisions' | 'recalls' | 'thresholds', readonly number[]>> {
  const { scores, truePositives, falsePositives } = stepsOf(question);
  const all = truePositives.at(-1) ?? 0;
  const ascending = Array.from(scores.keys()).toReversed();
  return {
    precisions: ascending.map((at) => {
      const predicted = truePositives[at]! + falsePositives[at]!;
      return predicted === 0 ? 0 : truePositives[at]! / predicted;
    }),
    recalls: ascending.map((at) => (all === 0 ? 1 : truePositives[at]! / all)),
    thresholds: ascending.map((at) => scores[at]!),
  };
}
