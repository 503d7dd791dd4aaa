/**
 * The mean crossentropy of softmax over the rows `from` … `to` − 1, and its slopes: (softmax − one-hot) / rows.
 */
export function softmaxLoss(
  scores: Float32Array,
  slopes: Float32Array,
  labels: Int32Array,
  classes: number,
  from: number,
  to: number,
): number {
  let loss = 0;
  for (let row = from; row < to; row++) {
    const start = row * classes;
    let largest = scores[start]!;
    for (let label = 1; label < classes; label++) largest = Math.max(largest, scores[start + label]!);
    let sum = 0;
    for (let label = 0; label < classes; label++) {
      sum += slopes[start + label] = Math.exp(scores[start + label]! - largest);
    }
    const right = labels[row]!;
    loss -= scores[start + right]! - largest - Math.log(sum);
    for (let label = 0; label < classes; label++) {
      slopes[start + label] = (slopes[start + label]! / sum - (label === right ? 1 : 0)) / (to - from);
    }
  }
  return loss / (to - from);
}

/** The mean crossentropy of one sigmoid per row, and its slopes: (sigmoid − label) / rows. */
export function sigmoidLoss(
  scores: Float32Array,
  slopes: Float32Array,
  labels: Int32Array,
  from: number,
  to: number,
): number {
  let loss = 0;
  for (let row = from; row < to; row++) {
    const score = scores[row]!;
    const label = labels[row]!;
    const exponential = Math.exp(-Math.abs(score));
    loss += Math.max(score, 0) - score * label + Math.log1p(exponential);
    const share = score < 0 ? exponential / (1 + exponential) : 1 / (1 + exponential);
    slopes[row] = (share - label) / (to - from);
  }
  return loss / (to - from);
}
