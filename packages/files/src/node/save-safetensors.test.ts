import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tensor, variable, zeros } from '@nn/tensor';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeSafetensors } from '../encode-safetensors.ts';
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

test('tensors, variables and metadata come back as they were saved', () => {
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

test.each([
  [{ __metadata__: tensor([2]) }, RangeError],
  [new Map([['bias', tensor([2])]]), TypeError],
  [{ bias: 2 }, TypeError],
  [{ bias: { data: new Float32Array(1), shape: [2], dtype: 'float32' } }, RangeError],
])('%o cannot be written: the error is typed, and the old file stays as it was', (tensors, kind) => {
  saveSafetensors(path, { bias: tensor([1]) });
  const save = (): void => saveSafetensors(path, tensors as never);
  expect(save).toThrow(kind);
  expect(save).toThrow(/^saveSafetensors: /);
  expect(readdirSync(folder)).toEqual(['model.safetensors']);
  expect(loadSafetensors(path).tensors['bias']!.toArray()).toEqual([1]);
});

test('an error of reading names the file, the rule and the byte', () => {
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

test('a file has the bytes that encodeSafetensors gives', () => {
  const tensors = { weight: tensor([[1, 2]]), empty: zeros([0, 3]), flag: tensor([true]) };
  saveSafetensors(path, tensors, { metadata: { epoch: '3' } });
  expect([...readFileSync(path)]).toEqual([...encodeSafetensors(tensors, { metadata: { epoch: '3' } })]);
});

test.skipIf(process.platform === 'win32')('a file is read from a pipe, too', () => {
  saveSafetensors(path, { bias: tensor([1, 2]) });
  const program = `
    import { loadSafetensors } from '@nn/files/node';
    console.log(String(loadSafetensors('/dev/stdin').tensors['bias']));`;
  const reader = [process.execPath, '--conditions=@nn/source', '--input-type=module', '-e', program];
  const { stdout, stderr } = spawnSync('sh', ['-c', 'cat "$0" | "$@"', path, ...reader], {
    encoding: 'utf8',
    cwd: import.meta.dirname,
  });
  expect(stderr).toBe('');
  expect(stdout).toBe('[1. 2.]\n');
});
