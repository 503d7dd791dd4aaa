import { expect, test } from 'vitest';
import { batchSize, classCount, testSize, outputSize, sampleCount, trainSize, layerSizes } from './data-kinds.ts';
import { dataSchema, networkSchema, defaultSettings } from './schema.ts';

const data = (changes: Partial<typeof dataSchema.fallback>) => ({ ...dataSchema.fallback, ...changes });

test('the number of classes is clipped to the range of the data set', () => {
  expect(classCount(data({ kind: 'spiral', classes: 8 }))).toBe(8);
  expect(classCount(data({ kind: 'moons', classes: 8 }))).toBe(2);
  expect(classCount(data({ kind: 'sine', classes: 8 }))).toBe(1);
});

test('the sample count of a spiral is a multiple of the number of classes', () => {
  expect(sampleCount(data({ classes: 7, samples: 300 }))).toBe(294);
  expect(sampleCount(data({ kind: 'disk', samples: 301 }))).toBe(301);
});

test('any test split leaves at least one sample per class in both sets', () => {
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

test('the batch size is at most the training set, and 0 means all of it', () => {
  const batch = (size: number): number =>
    batchSize({ ...defaultSettings, training: { ...defaultSettings.training, batch: size } });
  expect([batch(0), batch(10), batch(1000)]).toEqual([300, 10, 300]);
});

test('the output layer has one neuron per class, or one for regression and for two classes with linear output', () => {
  const network = (output: 'softmax' | 'linear') => ({ ...networkSchema.fallback, output });
  expect(outputSize(data({ classes: 3 }), network('softmax'))).toBe(3);
  expect(outputSize(data({ classes: 3 }), network('linear'))).toBe(3);
  expect(outputSize(data({ classes: 2 }), network('linear'))).toBe(1);
  expect(outputSize(data({ kind: 'sine' }), network('softmax'))).toBe(1);
  expect(layerSizes(data({ kind: 'sine' }), network('softmax'))).toEqual([1, 64, 1]);
});
