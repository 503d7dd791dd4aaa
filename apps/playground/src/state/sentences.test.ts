import { expect, test } from 'vitest';
import { presets } from './presets.ts';
import { defaultSettings } from './schema.ts';
import { divergenceNotice, countText, lossText, percentText, summary, weightText } from './sentences.ts';

test('numbers are shown with few significant digits', () => {
  expect([1.0986, 0.014321, 0.000012345, 23456, 0, NaN].map(lossText)).toEqual([
    '1.099',
    '0.01432',
    '1.23e-5',
    '2.35e+4',
    '0.000',
    '–',
  ]);
  expect([0.9, 1, NaN].map(percentText)).toEqual(['90.0 %', '100.0 %', '–']);
  expect([1204, 2.999, 3 - 1e-12].map(countText)).toEqual(['1,204', '2', '3']);
  expect([-0.8124, 1e-5, 0, 12345].map(weightText)).toEqual(['−0.812', '1.0e−5', '0.000', '1.2e+4']);
});

test('the summary has one sentence per network', () => {
  const metrics = { loss: 0.5, accuracy: 0.9, testLoss: undefined, testAccuracy: undefined };
  expect(summary({ epoch: 12, metrics: [metrics] }, defaultSettings)).toBe('Epoch 12. loss 0.5000, accuracy 90.0 %.');
  expect(summary({ epoch: 12, metrics: [metrics, metrics] }, presets['sine']!.settings)).toBe(
    'Epoch 12. Network A: loss 0.5000, within ±0.1 90.0 %. Network B: loss 0.5000, within ±0.1 90.0 %.',
  );
});

test('the notice of a divergence names the layer, the epoch and the learning rate', () => {
  const { title, lines } = divergenceNotice(defaultSettings, {
    type: 'diverged',
    network: 0,
    layer: 0,
    layers: 2,
    epoch: 3.5,
  });
  expect(title).toContain('Training diverged: layer 1 has NaN or infinite values');
  expect(lines.join(' ')).toContain('epoch 3, the last state');
  expect(lines.join(' ')).toContain('The learning rate of 0.05 may be too high.');
  const last = divergenceNotice(presets['sine']!.settings, {
    type: 'diverged',
    network: 1,
    layer: 2,
    layers: 3,
    epoch: 0,
  });
  expect(last.title).toContain('the output layer of network B');
});
