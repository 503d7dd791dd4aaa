/**
 * The mean crossentropy of softmax over the rows `from` … `to` − 1, and its gradients: (softmax − one-hot) / rows.
 */
export function softmaxLoss(
  logits: Float32Array,
  gradients: Float32Array,
  labels: Int32Array,
  classes: number,
  from: number,
  to: number,
): number {
  let loss = 0;
  for (let row = from; row < to; row++) {
    const start = row * classes;
    let largest = logits[start]!;
    for (let label = 1; label < classes; label++) largest = Math.max(largest, logits[start + label]!);
    let sum = 0;
    for (let label = 0; label < classes; label++) {
      sum += gradients[start + label] = Math.exp(logits[start + label]! - largest);
    }
    const right = labels[row]!;
    loss -= logits[start + right]! - largest - Math.log(sum);
    for (let label = 0; label < classes; label++) {
      gradients[start + label] = (gradients[start + label]! / sum - (label === right ? 1 : 0)) / (to - from);
    }
  }
  return loss / (to - from);
}

/** The mean crossentropy of one sigmoid per row, and its gradients: (sigmoid − label) / rows. */
export function sigmoidLoss(
  logits: Float32Array,
  gradients: Float32Array,
  labels: Int32Array,
  from: number,
  to: number,
): number {
  let loss = 0;
  for (let row = from; row < to; row++) {
    const logit = logits[row]!;
    const label = labels[row]!;
    const exponential = Math.exp(-Math.abs(logit));
    loss += Math.max(logit, 0) - logit * label + Math.log1p(exponential);
    const probability = logit < 0 ? exponential / (1 + exponential) : 1 / (1 + exponential);
    gradients[row] = (probability - label) / (to - from);
  }
  return loss / (to - from);
}
