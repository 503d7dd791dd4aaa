import { spiral } from '@nn/datasets';
import { randomState } from '@nn/tensor';
import { classes, inputs, neurons, type Start } from './hand-written.ts';

/** The notebook's spiral, and weights of 0.01 · randn, from seed 0. */
export function spiralStart(): Start {
  const random = randomState(0);
  const { x, y } = spiral({ samples: 100, classes, random });
  const weight = (shape: readonly number[]) => random.normal(shape, { deviation: 0.01 }).data as Float32Array;
  return {
    x: x.data as Float32Array,
    y: y.data as Int32Array,
    weight1: weight([inputs, neurons]),
    bias1: new Float32Array(neurons),
    weight2: weight([neurons, classes]),
    bias2: new Float32Array(classes),
  };
}
