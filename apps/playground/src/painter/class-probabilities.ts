/**
 * Converts predictions to class probabilities, so that all kinds of outputs are coloured alike.
 *
 * @param predictions  softmax outputs [rows, classes]; or linear outputs for one-hot targets; or one linear output for two classes
 *   with the targets 1 and −1
 * @returns        numbers from 0 to 1, [rows, classes]
 */
export function classProbabilities(predictions: ArrayLike<number>, outputs: number, classes: number): Float32Array {
  const rows = predictions.length / outputs;
  const probabilities = new Float32Array(rows * classes);
  const clipped = (value: number): number => Math.min(1, Math.max(0, value));
  for (let row = 0; row < rows; row++) {
    if (outputs === 1) {
      const first = clipped((predictions[row]! + 1) / 2);
      probabilities[row * 2] = first;
      probabilities[row * 2 + 1] = 1 - first;
    } else {
      for (let at = 0; at < classes; at++)
        probabilities[row * classes + at] = clipped(predictions[row * outputs + at]!);
    }
  }
  return probabilities;
}

/** The margin of a class in each row: its probability minus the largest of the others. 0 on the decision boundary. */
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
