import { expect, test } from 'vitest';
import { barLayout } from './progress.ts';

test('in 80 columns the bar leaves out the learning rate', () => {
  expect(barLayout(80, 10_000)).toEqual({
    format: '{bar}  epoch {epoch}/10,000  loss {loss}  accuracy {accuracy}  {left} left',
    barSize: 8,
  });
});

test('in 120 columns everything is shown', () => {
  const { format, barSize } = barLayout(120, 10_000);
  expect(format).toContain('learning rate {learningRate}');
  expect(barSize).toBe(25);
});

test.each([20, 40, 60, 80, 100, 200])('in %i columns the longest values fit', (columns) => {
  const { format, barSize } = barLayout(columns, 1_000_000);
  const longest = {
    bar: ' '.repeat(barSize),
    epoch: '1,000,000',
    loss: '1.00e-7',
    accuracy: '100.0 %',
    left: '59 min 59 s',
  };
  const text = Object.entries({ ...longest, learningRate: '0.05000' }).reduce(
    (line, [name, value]) => line.replace(`{${name}}`, value),
    format,
  );
  expect(text.length).toBeLessThanOrEqual(columns);
  expect(barSize).toBeGreaterThan(7);
});
