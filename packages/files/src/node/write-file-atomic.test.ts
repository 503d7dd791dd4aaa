import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SaveError } from './save-error.ts';
import { writeFileAtomic } from './write-file-atomic.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

test('a file is written, and replaced, and nothing else is left in its folder', () => {
  const path = join(folder, 'model');
  writeFileAtomic(path, bytes('first, and longer'));
  writeFileAtomic(path, bytes('second'));
  expect(readFileSync(path, 'utf8')).toBe('second');
  expect(readdirSync(folder)).toEqual(['model']);
});

test('no bytes at all make an empty file', () => {
  const path = join(folder, 'model');
  writeFileAtomic(path, new Uint8Array());
  expect(readFileSync(path)).toHaveLength(0);
});

test('a name as long as names may be is no obstacle', () => {
  const path = join(folder, 'm'.repeat(255));
  writeFileAtomic(path, bytes('new'));
  expect(readFileSync(path, 'utf8')).toBe('new');
});

test.skipIf(process.platform === 'win32')('the permissions of the old file are kept', () => {
  const path = join(folder, 'model');
  writeFileSync(path, 'old');
  chmodSync(path, 0o640);
  writeFileAtomic(path, bytes('new'));
  expect(statSync(path).mode & 0o777).toBe(0o640);
});

test('a link stays a link, and the file that it leads to is replaced', () => {
  mkdirSync(join(folder, 'runs'));
  writeFileSync(join(folder, 'runs', 'model'), 'old');
  symlinkSync(join('runs', 'model'), join(folder, 'latest'));
  writeFileAtomic(join(folder, 'latest'), bytes('new'));
  expect(lstatSync(join(folder, 'latest')).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(folder, 'runs', 'model'), 'utf8')).toBe('new');
  expect(readdirSync(join(folder, 'runs'))).toEqual(['model']);
});

function errorOf(save: () => void): SaveError {
  try {
    save();
  } catch (error) {
    if (error instanceof SaveError) return error;
  }
  throw new Error('did not throw a SaveError');
}

test('a missing folder is named, with the way to make it', () => {
  const path = join(folder, 'none', 'model');
  const error = errorOf(() => writeFileAtomic(path, bytes('new')));
  expect(error).toMatchObject({ name: 'SaveError', code: 'ENOENT', path });
  expect(error.message).toMatch(
    /^Cannot save .*model: ENOENT: .*\. A file that stood there is still whole\. Make the folder first: /,
  );
  expect(error.cause).toBeInstanceOf(Error);
});

test('a folder in the place of the file is left alone', () => {
  mkdirSync(join(folder, 'model'));
  expect(errorOf(() => writeFileAtomic(join(folder, 'model'), bytes('new'))).code).toBe('EISDIR');
  expect(readdirSync(folder)).toEqual(['model']);
});
