import { expect, test } from 'vitest';
import { batchOf, classesOf, heldBack, outputsOf, samplesOf, trainingRows, widthsOf } from './data-kinds.ts';
import { dataSchema, networkSchema, usualSettings } from './schema.ts';

const data = (changes: Partial<typeof dataSchema.fallback>) => ({ ...dataSchema.fallback, ...changes });

test('classes are as many as the data set allows', () => {
  expect(classesOf(data({ kind: 'spiral', classes: 8 }))).toBe(8);
  expect(classesOf(data({ kind: 'moons', classes: 8 }))).toBe(2);
  expect(classesOf(data({ kind: 'sine', classes: 8 }))).toBe(1);
});

test('arms of a spiral are equally long, so the points are as many as divide', () => {
  expect(samplesOf(data({ classes: 7, samples: 300 }))).toBe(294);
  expect(samplesOf(data({ kind: 'disk', samples: 301 }))).toBe(301);
});

test('whatever is held back leaves a row of every class on both sides', () => {
  for (const samples of [20, 300, 1000]) {
    for (const classes of [2, 8]) {
      for (const test of [0.01, 0.25, 0.5]) {
        const settings = data({ classes, samples, test });
        expect(heldBack(settings)).toBeGreaterThanOrEqual(classes);
        expect(trainingRows(settings)).toBeGreaterThanOrEqual(classes);
        expect(heldBack(settings) + trainingRows(settings)).toBe(samplesOf(settings));
      }
    }
  }
  expect(heldBack(data({ test: 0 }))).toBe(0);
});

test('a batch is no larger than the data, and 0 means all of it', () => {
  const batch = (size: number): number =>
    batchOf({ ...usualSettings, training: { ...usualSettings.training, batch: size } });
  expect([batch(0), batch(10), batch(1000)]).toEqual([300, 10, 300]);
});

test('the output has one neuron per class, or one for a quantity and for two classes told by sign', () => {
  const network = (output: 'softmax' | 'linear') => ({ ...networkSchema.fallback, output });
  expect(outputsOf(data({ classes: 3 }), network('softmax'))).toBe(3);
  expect(outputsOf(data({ classes: 3 }), network('linear'))).toBe(3);
  expect(outputsOf(data({ classes: 2 }), network('linear'))).toBe(1);
  expect(outputsOf(data({ kind: 'sine' }), network('softmax'))).toBe(1);
  expect(widthsOf(data({ kind: 'sine' }), network('softmax'))).toEqual([1, 64, 1]);
});
