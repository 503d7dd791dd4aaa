import { tensor, type Tensor } from '@nn/tensor';
import { expect, test } from 'vitest';
import { classificationReport } from './classification-report.ts';

const indices = (...values: readonly number[]): Tensor => tensor([...values], { dtype: 'int32' });

const [predicted, labels] = [indices(1, 1, 0, 1), indices(1, 0, 0, 1)];

test('has the scores of each class and their averages', () => {
  const { classes, accuracy, macro } = classificationReport(predicted, labels);
  expect(classes).toEqual([
    { label: 0, name: '0', precision: 1, recall: 0.5, fScore: 2 / 3, support: 2 },
    { label: 1, name: '1', precision: 2 / 3, recall: 1, fScore: expect.closeTo(0.8, 15), support: 2 },
  ]);
  expect([accuracy, macro.recall, macro.support]).toEqual([0.75, 0.75, 4]);
});

test('prints a table, with names and digits as given', () => {
  const report = classificationReport(predicted, labels, { names: ['calm', 'storm'], digits: 3 });
  expect(String(report)).toBe(`\
              precision    recall  f1-score   support

        calm      1.000     0.500     0.667         2
       storm      0.667     1.000     0.800         2

    accuracy                          0.750         4
   macro avg      0.833     0.750     0.733         4
weighted avg      0.833     0.750     0.733         4
`);
});

test('refuses names of another number than the classes', () => {
  expect(() => classificationReport(predicted, labels, { names: ['calm', 'storm', 'hail'] })).toThrow(
    new RangeError(
      'classificationReport: there must be a name for each of the 2 classes, got 3. ' +
        'Write { classes: 3 } to show classes that do not occur, too.',
    ),
  );
});
