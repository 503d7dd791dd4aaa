/** The numbers that a training run starts from. */
export interface Start {
  readonly x: Float32Array;
  readonly y: Int32Array;
  readonly weight1: Float32Array;
  readonly bias1: Float32Array;
  readonly weight2: Float32Array;
  readonly bias2: Float32Array;
}

export const inputs = 2;
export const neurons = 64;
export const classes = 3;
export const learningRate = 0.05;
export const decay = 5e-7;

/**
 * The training step of the spiral network 2-64-3 with Adam, as one would write it in TypeScript without a library:
 * plain loops over typed arrays that are allocated once. It gives the loss before the step.
 */
export function handWritten(start: Start): () => number {
  const { x, y } = start;
  const rows = y.length;
  const weight1 = start.weight1.slice();
  const bias1 = start.bias1.slice();
  const weight2 = start.weight2.slice();
  const bias2 = start.bias2.slice();
  const parameters = [weight1, bias1, weight2, bias2];
  const slopes = parameters.map((values) => new Float32Array(values.length));
  const [slopeWeight1, slopeBias1, slopeWeight2, slopeBias2] = slopes as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const momentums = parameters.map((values) => new Float32Array(values.length));
  const caches = parameters.map((values) => new Float32Array(values.length));
  const hidden = new Float32Array(rows * neurons);
  const slopeHidden = new Float32Array(rows * neurons);
  const scores = new Float32Array(rows * classes);
  let iteration = 0;

  return () => {
    for (let row = 0; row < rows; row++) {
      for (let neuron = 0; neuron < neurons; neuron++) {
        let sum = 0;
        for (let k = 0; k < inputs; k++) sum += x[row * inputs + k]! * weight1[k * neurons + neuron]!;
        sum += bias1[neuron]!;
        hidden[row * neurons + neuron] = sum > 0 ? sum : 0;
      }
    }
    for (let row = 0; row < rows; row++) {
      for (let label = 0; label < classes; label++) {
        let sum = 0;
        for (let k = 0; k < neurons; k++) sum += hidden[row * neurons + k]! * weight2[k * classes + label]!;
        scores[row * classes + label] = sum + bias2[label]!;
      }
    }

    let loss = 0;
    for (let row = 0; row < rows; row++) {
      const at = row * classes;
      let largest = scores[at]!;
      for (let label = 1; label < classes; label++) largest = Math.max(largest, scores[at + label]!);
      let sum = 0;
      for (let label = 0; label < classes; label++) sum += Math.exp(scores[at + label]! - largest);
      loss -= scores[at + y[row]!]! - largest - Math.log(sum);
      // Now the scores become their own gradient: (softmax − one-hot) / rows.
      for (let label = 0; label < classes; label++) {
        const share = Math.exp(scores[at + label]! - largest) / sum;
        scores[at + label] = (share - (label === y[row] ? 1 : 0)) / rows;
      }
    }

    for (const slope of slopes) slope.fill(0);
    for (let row = 0; row < rows; row++) {
      for (let label = 0; label < classes; label++) slopeBias2[label]! += scores[row * classes + label]!;
      for (let k = 0; k < neurons; k++) {
        const value = hidden[row * neurons + k]!;
        for (let label = 0; label < classes; label++)
          slopeWeight2[k * classes + label]! += value * scores[row * classes + label]!;
      }
    }
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < neurons; k++) {
        let sum = 0;
        for (let label = 0; label < classes; label++)
          sum += scores[row * classes + label]! * weight2[k * classes + label]!;
        slopeHidden[row * neurons + k] = hidden[row * neurons + k]! > 0 ? sum : 0;
      }
    }
    for (let row = 0; row < rows; row++) {
      for (let neuron = 0; neuron < neurons; neuron++) {
        const slope = slopeHidden[row * neurons + neuron]!;
        slopeBias1[neuron]! += slope;
        for (let k = 0; k < inputs; k++) slopeWeight1[k * neurons + neuron]! += x[row * inputs + k]! * slope;
      }
    }

    const rate = learningRate / (1 + decay * iteration);
    iteration++;
    const correction1 = 1 - 0.9 ** iteration;
    const correction2 = 1 - 0.999 ** iteration;
    parameters.forEach((values, index) => {
      const slope = slopes[index]!;
      const momentum = momentums[index]!;
      const cache = caches[index]!;
      for (let at = 0; at < values.length; at++) {
        momentum[at] = 0.9 * momentum[at]! + 0.1 * slope[at]!;
        cache[at] = 0.999 * cache[at]! + 0.001 * slope[at]! ** 2;
        values[at]! -= (rate * (momentum[at]! / correction1)) / (Math.sqrt(cache[at]! / correction2) + 1e-7);
      }
    });
    return loss / rows;
  };
}
