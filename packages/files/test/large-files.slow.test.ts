import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSafetensors, saveSafetensors } from '@nn/files/node';
import { fromTypedArray } from '@nn/tensor';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a tensor of more than 2 GiB is saved and loaded', () => {
  const path = join(folder, 'model.safetensors');
  const size = 2 ** 29 + 5;
  const marks = [0, 1, 2 ** 28 - 1, 2 ** 28, 2 ** 29 - 1, 2 ** 29, size - 1];
  const numbers = new Float32Array(size);
  for (const [index, at] of marks.entries()) numbers[at] = index + 1;
  saveSafetensors(path, { weight: fromTypedArray(numbers, [size]) });
  expect(statSync(path).size).toBeGreaterThan(2 ** 31);
  const { data } = loadSafetensors(path).tensors['weight']!;
  expect(marks.map((at) => data[at])).toEqual([1, 2, 3, 4, 5, 6, 7]);
});
