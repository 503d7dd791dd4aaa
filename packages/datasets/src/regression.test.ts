import { randomState } from '@nn/tensor';
import { expect, test } from 'vitest';
import { casesInBothPrecisions, expectOutput } from '../test/toy-golden.ts';
import { regression } from './regression.ts';

test.for(casesInBothPrecisions('make_regression'))('regression is that of scikit-learn: $title', (golden) => {
  const config = golden.config as unknown as Config;
  const { x, y, coefficients } = regression({
    samples: config.n_samples,
    features: config.n_features,
    informative: config.n_informative,
    targets: config.n_targets,
    bias: config.bias,
    noise: config.noise,
    shuffle: config.shuffle,
    random: randomState(config.random_state),
    dtype: golden.dtype,
  });
  // The numbers are the same; the axes of length 1 stay.
  expect(y.shape).toEqual([config.n_samples, config.n_targets]);
  expect(coefficients.shape).toEqual([config.n_features, config.n_targets]);
  expectOutput(x, golden.outputs['X']!, golden);
  expectOutput(y, golden.outputs['y']!, golden);
  expectOutput(coefficients, golden.outputs['coef']!, golden);
});

interface Config {
  readonly n_samples: number;
  readonly n_features: number;
  readonly n_informative: number;
  readonly n_targets: number;
  readonly bias: number;
  readonly noise: number;
  readonly shuffle: boolean;
  readonly random_state: number;
}

test('without noise y is x times the coefficients plus the bias', () => {
  const { x, y, coefficients } = regression({
    samples: 4,
    features: 3,
    bias: 2,
    random: randomState(0),
    dtype: 'float64',
  });
  const exact = x.matmul(coefficients).add(2).data;
  for (const [at, value] of y.data.entries()) expect(value).toBeCloseTo(exact[at]!, 10);
});

test('an endless bias is refused', () => {
  expect(() => regression({ bias: Infinity, random: randomState(0) })).toThrow(
    'regression: bias must be a finite number, got Infinity. Check where it comes from.',
  );
});
