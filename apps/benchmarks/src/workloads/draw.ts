import { randomState } from '@nn/tensor';
import type { ConvolutionStart, LayerStart, Numbers } from '../task.ts';

/** Numbers in [0, 1), the same for the same seed. */
export function uniform(shape: readonly number[], seed: number): Numbers {
  return { shape, data: randomState(seed).uniform(shape).data as Float32Array };
}

/** Dense layers of these widths as they start: weights √(2 / inputs) · N(0, 1), biases 0. */
export function layerStarts(widths: readonly number[], seed: number): readonly LayerStart[] {
  const random = randomState(seed);
  return widths.slice(1).map((neurons, at) => {
    const shape = [widths[at]!, neurons] as const;
    const standardDeviation = Math.sqrt(2 / shape[0]);
    return {
      weight: { shape, data: random.normal(shape, { standardDeviation }).data as Float32Array },
      bias: { shape: [neurons], data: new Float32Array(neurons) },
    };
  });
}

/** Convolutions of 3 × 3 as they start: weights √(2 / (9 · inputs of a group)) · N(0, 1), biases 0. */
export function convolutionStarts(
  sizes: readonly {
    readonly inputs: number;
    readonly outputs: number;
    readonly groups?: number;
    readonly pool?: boolean;
  }[],
  seed: number,
): readonly ConvolutionStart[] {
  const random = randomState(seed);
  return sizes.map(({ inputs, outputs, groups = 1, pool = false }) => {
    const shape = [outputs, inputs / groups, 3, 3] as const;
    const standardDeviation = Math.sqrt(2 / (9 * shape[1]));
    return {
      weight: { shape, data: random.normal(shape, { standardDeviation }).data as Float32Array },
      bias: { shape: [outputs], data: new Float32Array(outputs) },
      groups,
      pool,
    };
  });
}
