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
export function stepsOf({ scores, answers, weights }: Question): Steps {
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
