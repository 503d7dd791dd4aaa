import { randomState } from '@nn/tensor';
import { expect, test } from 'vitest';
import { casesInBothPrecisions, expectOutput } from '../test/toy-golden.ts';
import { sCurve } from './s-curve.ts';

test.for(casesInBothPrecisions('make_s_curve'))('the S is that of scikit-learn: $title', (golden) => {
  const { n_samples, noise, random_state } = golden.config as unknown as Config;
  const { x, y } = sCurve({ samples: n_samples, noise, random: randomState(random_state), dtype: golden.dtype });
  expect(y.shape).toEqual([n_samples, 1]);
  expectOutput(x, golden.outputs['X']!, golden);
  expectOutput(y, golden.outputs['t']!, golden);
});

interface Config {
  readonly n_samples: number;
  readonly noise: number;
  readonly random_state: number;
}
