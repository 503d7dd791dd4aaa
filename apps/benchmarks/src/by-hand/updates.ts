import { adamSettings } from '../task.ts';

/** Updates the values by their gradients. */
export type Update = () => void;

/** θ −= rate · ∂θ */
export function sgdUpdate(values: Float32Array, gradients: Float32Array, rate: number): Update {
  return () => {
    for (let at = 0; at < values.length; at++) values[at]! -= rate * gradients[at]!;
  };
}

/** Adam with corrected means; epsilon is added after the root. */
export function adamUpdate(values: Float32Array, gradients: Float32Array, rate: number): Update {
  const { beta1, beta2, epsilon } = adamSettings;
  const means = new Float32Array(values.length);
  const squares = new Float32Array(values.length);
  let step = 0;
  return () => {
    step++;
    const correction1 = 1 - beta1 ** step;
    const correction2 = 1 - beta2 ** step;
    for (let at = 0; at < values.length; at++) {
      const gradient = gradients[at]!;
      const mean = (means[at] = beta1 * means[at]! + (1 - beta1) * gradient);
      const square = (squares[at] = beta2 * squares[at]! + (1 - beta2) * gradient * gradient);
      values[at]! -= (rate * (mean / correction1)) / (Math.sqrt(square / correction2) + epsilon);
    }
  };
}
