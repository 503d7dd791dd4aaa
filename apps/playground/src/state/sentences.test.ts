import { expect, test } from 'vitest';
import { presets } from './presets.ts';
import { usualSettings } from './schema.ts';
import { breakdownNotice, countText, lossText, shareText, summary, weightText } from './sentences.ts';

test('numbers are shown in few digits that mean something', () => {
  expect([1.0986, 0.014321, 0.000012345, 23456, 0, NaN].map(lossText)).toEqual([
    '1.099',
    '0.01432',
    '1.23e-5',
    '2.35e+4',
    '0.000',
    '–',
  ]);
  expect([0.9, 1, NaN].map(shareText)).toEqual(['90.0 %', '100.0 %', '–']);
  expect([1204, 2.999, 3 - 1e-12].map(countText)).toEqual(['1,204', '2', '3']);
  expect([-0.8124, 1e-5, 0, 12345].map(weightText)).toEqual(['−0.812', '1.0e−5', '0.000', '1.2e+4']);
});

test('where training stands is one sentence for each network', () => {
  const score = { loss: 0.5, accuracy: 0.9, testLoss: undefined, testAccuracy: undefined };
  expect(summary({ epoch: 12, scores: [score] }, usualSettings)).toBe('Epoch 12. loss 0.5000, accuracy 90.0 %.');
  expect(summary({ epoch: 12, scores: [score, score] }, presets['sine']!.settings)).toBe(
    'Epoch 12. Network A: loss 0.5000, within ±0.1 90.0 %. Network B: loss 0.5000, within ±0.1 90.0 %.',
  );
});

test('a breakdown names the layer, the epoch and the learning rate', () => {
  const { title, lines } = breakdownNotice(usualSettings, {
    type: 'broke',
    network: 0,
    layer: 0,
    layers: 2,
    epoch: 3.5,
  });
  expect(title).toContain('the numbers of layer 1 grew past what can be stored');
  expect(lines.join(' ')).toContain('epoch 3.');
  expect(lines.join(' ')).toContain('Is the learning rate of 0.05 too high?');
  const last = breakdownNotice(presets['sine']!.settings, { type: 'broke', network: 1, layer: 2, layers: 3, epoch: 0 });
  expect(last.title).toContain('the output layer of network B');
});
