import { expect, test } from 'vitest';
import { fromLine, toLine } from './wire.ts';

test('numbers arrive as they were sent, bit for bit, in one line', () => {
  const sent = {
    ask: 'prepare',
    x: { shape: [2, 2], data: new Float32Array([0.1, -0, NaN, Infinity]) },
    labels: new Int32Array([1, -7]),
    precise: new Float64Array([0.1, -0, Infinity]),
    flags: new Uint8Array([0, 1]),
    nothing: null,
  };
  const line = toLine(sent);
  expect(line.indexOf('\n')).toBe(line.length - 1);
  expect(fromLine(line)).toEqual(sent);
});

test('a part of a larger array travels alone', () => {
  const part = new Float32Array([1, 2, 3, 4]).subarray(1, 3);
  expect(fromLine(toLine(part))).toEqual(new Float32Array([2, 3]));
});
