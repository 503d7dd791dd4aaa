import { randomState } from '@nn/tensor';
import { expect, test } from 'vitest';
import { casesInBothPrecisions, expectOutput } from '../test/toy-golden.ts';
import { swissRoll } from './swiss-roll.ts';

test.for(casesInBothPrecisions('make_swiss_roll'))('the Swiss roll is that of scikit-learn: $title', (golden) => {
  const { n_samples, noise, hole, random_state } = golden.config as unknown as Config;
  const { x, y } = swissRoll({
    samples: n_samples,
    noise,
    hole,
    random: randomState(random_state),
    dtype: golden.dtype,
  });
  expect(y.shape).toEqual([n_samples, 1]);
  expectOutput(x, golden.outputs['X']!, golden);
  expectOutput(y, golden.outputs['t']!, golden);
});

interface Config {
  readonly n_samples: number;
  readonly noise: number;
  readonly hole: boolean;
  readonly random_state: number;
}

test('nothing lies in the hole', () => {
  const { x, y } = swissRoll({ samples: 500, hole: true, random: randomState(0), dtype: 'float64' });
  const width = x.slice([], 1).data;
  const inside = Array.from(y.data).filter(
    (t, row) => t > 2.5 * Math.PI && t < 3.5 * Math.PI && width[row]! > 7 && width[row]! < 14,
  );
  expect(inside).toEqual([]);
});
