/**
 * What a network answers, as one number from 0 to 1 per class, so that all kinds of outputs are coloured alike.
 *
 * @param answers  softmax: probabilities of the classes, [rows, classes]; linear: targets 0 and 1 per class, or one number that
 *   tells two classes by its sign, 1 for the first and −1 for the second
 * @returns        [rows, classes]
 */
export function classProbabilities(answers: ArrayLike<number>, outputs: number, classes: number): Float32Array {
  const rows = answers.length / outputs;
  const probabilities = new Float32Array(rows * classes);
  const clipped = (value: number): number => Math.min(1, Math.max(0, value));
  for (let row = 0; row < rows; row++) {
    if (outputs === 1) {
      const first = clipped((answers[row]! + 1) / 2);
      probabilities[row * 2] = first;
      probabilities[row * 2 + 1] = 1 - first;
    } else {
      for (let at = 0; at < classes; at++) probabilities[row * classes + at] = clipped(answers[row * outputs + at]!);
    }
  }
  return probabilities;
}

/** By how much a class is ahead of the best other one, row by row: 0 on its border, above 0 where it wins. */
export function margins(probabilities: Float32Array, classes: number, label: number): Float32Array {
  const margin = new Float32Array(probabilities.length / classes);
  for (let row = 0; row < margin.length; row++) {
    let best = -Infinity;
    for (let at = 0; at < classes; at++) {
      if (at !== label && probabilities[row * classes + at]! > best) best = probabilities[row * classes + at]!;
    }
    margin[row] = probabilities[row * classes + label]! - best;
  }
  return margin;
}
