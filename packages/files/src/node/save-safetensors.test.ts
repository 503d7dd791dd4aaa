import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tensor, variable } from '@nn/tensor';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FormatError } from '../format-error.ts';
import { loadSafetensors } from './load-safetensors.ts';
import { saveSafetensors } from './save-safetensors.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  path = join(folder, 'model.safetensors');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('tensors, variables and texts come back as they were saved', () => {
  saveSafetensors(
    path,
    {
      weight: variable(
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
      step: tensor(7, { dtype: 'int32' }),
    },
    {
      metadata: { epoch: '3' },
    },
  );
  const { tensors, metadata } = loadSafetensors(path);
  expect(tensors['weight']!.toArray()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(tensors['step']!.dtype).toBe('int32');
  expect(tensors['step']!.item()).toBe(7);
  expect(metadata['epoch']).toBe('3');
});

test('what cannot be written leaves the old file as it was', () => {
  saveSafetensors(path, { bias: tensor([1]) });
  expect(() => saveSafetensors(path, { __metadata__: tensor([2]) })).toThrow(RangeError);
  expect(loadSafetensors(path).tensors['bias']!.toArray()).toEqual([1]);
});

test('an error names the file, the rule and the byte', () => {
  writeFileSync(path, 'no tensors');
  let caught: unknown;
  try {
    loadSafetensors(path);
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(FormatError);
  expect(caught).toMatchObject({ code: 'length', offset: 0 });
  expect(String(caught)).toContain(`FormatError: ${path}: Cannot read the safetensors file: at byte 0 expected`);
});
