import { expect, test } from 'vitest';
import { batchSize, classCount, testSize, outputSize, sampleCount, trainSize, layerSizes } from './data-kinds.ts';
import { dataSchema, networkSchema, defaultSettings } from './schema.ts';

const data = (changes: Partial<typeof dataSchema.fallback>) => ({ ...dataSchema.fallback, ...changes });

test('classes are as many as the data set allows', () => {
  expect(classCount(data({ kind: 'spiral', classes: 8 }))).toBe(8);
  expect(classCount(data({ kind: 'moons', classes: 8 }))).toBe(2);
  expect(classCount(data({ kind: 'sine', classes: 8 }))).toBe(1);
});

test('arms of a spiral are equally long, so the points are as many as divide', () => {
  expect(sampleCount(data({ classes: 7, samples: 300 }))).toBe(294);
  expect(sampleCount(data({ kind: 'disk', samples: 301 }))).toBe(301);
});

test('whatever is held back leaves a row of every class on both sides', () => {
  for (const samples of [20, 300, 1000]) {
    for (const classes of [2, 8]) {
      for (const test of [0.01, 0.25, 0.5]) {
        const settings = data({ classes, samples, test });
        expect(testSize(settings)).toBeGreaterThanOrEqual(classes);
        expect(trainSize(settings)).toBeGreaterThanOrEqual(classes);
        expect(testSize(settings) + trainSize(settings)).toBe(sampleCount(settings));
      }
    }
  }
  expect(testSize(data({ test: 0 }))).toBe(0);
});

test('a batch is no larger than the data, and 0 means all of it', () => {
  const batch = (size: number): number =>
    batchSize({ ...defaultSettings, training: { ...defaultSettings.training, batch: size } });
  expect([batch(0), batch(10), batch(1000)]).toEqual([300, 10, 300]);
});

test('the output has one neuron per class, or one for a quantity and for two classes told by sign', () => {
  const network = (output: 'softmax' | 'linear') => ({ ...networkSchema.fallback, output });
  expect(outputSize(data({ classes: 3 }), network('softmax'))).toBe(3);
  expect(outputSize(data({ classes: 3 }), network('linear'))).toBe(3);
  expect(outputSize(data({ classes: 2 }), network('linear'))).toBe(1);
  expect(outputSize(data({ kind: 'sine' }), network('softmax'))).toBe(1);
  expect(layerSizes(data({ kind: 'sine' }), network('softmax'))).toEqual([1, 64, 1]);
});
