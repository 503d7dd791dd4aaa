import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SaveError } from './save-error.ts';
import { checkWritable, writeFileAtomic } from './write-file-atomic.ts';

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

test('an empty file is written', () => {
  const path = join(folder, 'model');
  writeFileAtomic(path, new Uint8Array());
  expect(readFileSync(path)).toHaveLength(0);
});

test('a name may have 255 bytes', () => {
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

test('a missing folder is named', () => {
  const path = join(folder, 'none', 'model');
  const error = errorOf(() => writeFileAtomic(path, bytes('new')));
  expect(error).toMatchObject({ name: 'SaveError', code: 'ENOENT', path });
  expect(error.message).toBe(
    `Cannot save "${path}": there is no folder ${join(folder, 'none')}. A file of that name, if there is one, is still whole. ` +
      `Name a file in a folder that exists.`,
  );
  expect(error.cause).toBeInstanceOf(Error);
});

describe.skipIf(process.platform === 'win32')('a link', () => {
  test('to a file that is not there yet stays a link, and the file is made', () => {
    mkdirSync(join(folder, 'runs'));
    symlinkSync(join('runs', 'model'), join(folder, 'latest'));
    symlinkSync('latest', join(folder, 'newest'));
    writeFileAtomic(join(folder, 'newest'), bytes('new'));
    expect(lstatSync(join(folder, 'newest')).isSymbolicLink()).toBe(true);
    expect(lstatSync(join(folder, 'latest')).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'runs', 'model'), 'utf8')).toBe('new');
    expect(readdirSync(join(folder, 'runs'))).toEqual(['model']);
  });

  test('is resolved as the system does, from the real folder that it lies in', () => {
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    symlinkSync(join('a', 'b'), join(folder, 'short'));
    symlinkSync(join('..', 'model'), join(folder, 'a', 'b', 'up'));
    writeFileAtomic(join(folder, 'short', 'up'), bytes('new'));
    expect(readFileSync(join(folder, 'a', 'model'), 'utf8')).toBe('new');
    writeFileAtomic(`${folder}/short/../second`, bytes('second'));
    expect(readFileSync(join(folder, 'a', 'second'), 'utf8')).toBe('second');
  });

  test('into a missing folder, or in a circle, is refused', () => {
    symlinkSync(join('none', 'model'), join(folder, 'latest'));
    expect(errorOf(() => writeFileAtomic(join(folder, 'latest'), bytes('new'))).code).toBe('ENOENT');
    symlinkSync('there', join(folder, 'here'));
    symlinkSync('here', join(folder, 'there'));
    expect(errorOf(() => writeFileAtomic(join(folder, 'here'), bytes('new'))).code).toBe('ELOOP');
    expect(readdirSync(folder).toSorted()).toEqual(['here', 'latest', 'there']);
  });
});

/** Paths to which nothing can be saved, by the code of the error. */
function refusedPaths(): readonly (readonly [path: string, code: string, reason: string])[] {
  mkdirSync(join(folder, 'model'));
  writeFileSync(join(folder, 'file'), 'old');
  symlinkSync('/dev/null', join(folder, 'link'));
  spawnSync('mkfifo', [join(folder, 'pipe')]);
  return [
    ['', 'ENOENT', 'the name is empty'],
    [join(folder, 'model'), 'EISDIR', 'this is a folder'],
    [`${join(folder, 'new')}/`, 'EISDIR', 'this names a folder'],
    [join(folder, 'none', 'model'), 'ENOENT', `there is no folder ${join(folder, 'none')}`],
    [join(folder, 'file', 'model'), 'ENOTDIR', 'a part of the path is not a folder (ENOTDIR)'],
    [join(folder, 'm'.repeat(256)), 'ENAMETOOLONG', 'the name is too long (ENAMETOOLONG)'],
    [join(folder, 'ü'.repeat(128)), 'ENAMETOOLONG', 'the name is too long (ENAMETOOLONG)'],
    ['/dev/null', 'EINVAL', 'this is a device, not a regular file'],
    [join(folder, 'link'), 'EINVAL', 'this is a device, not a regular file'],
    [join(folder, 'pipe'), 'EINVAL', 'this is a pipe, not a regular file'],
  ];
}

test.skipIf(process.platform === 'win32')(
  'whatever is not a regular file in a folder is refused, and left alone',
  () => {
    const paths = refusedPaths();
    const before = readdirSync(folder, { recursive: true });
    for (const [path, code, reason] of paths) {
      for (const save of [() => writeFileAtomic(path, bytes('new')), () => void checkWritable(path)]) {
        expect(errorOf(save), path).toMatchObject({ code, reason, path });
      }
    }
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('old');
  },
);

test('a check writes nothing, and gives the same file for all spellings of a path', () => {
  const path = join(folder, 'model');
  const target = join(realpathSync(folder), 'model');
  expect(checkWritable(path)).toBe(target);
  expect(readdirSync(folder)).toEqual([]);
  writeFileSync(path, 'old');
  if (process.platform !== 'win32') symlinkSync('model', join(folder, 'latest'));
  const spellings = [path, `${folder}/./model`, relative(process.cwd(), path), `${folder}//model`];
  if (process.platform !== 'win32') spellings.push(join(folder, 'latest'));
  for (const spelling of spellings) expect(checkWritable(spelling)).toBe(target);
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(readdirSync(folder).filter((name) => name !== 'latest')).toEqual(['model']);
});

test('a folder that may not be written is found by the check', ({ skip }) => {
  if (process.getuid?.() === 0 || process.platform === 'win32') skip('this user may write every folder');
  chmodSync(folder, 0o500);
  try {
    expect(errorOf(() => void checkWritable(join(folder, 'model')))).toMatchObject({
      code: 'EACCES',
      reason: 'its folder may not be written by this user (EACCES)',
    });
  } finally {
    chmodSync(folder, 0o700);
  }
});

test('parts are written one after the other', () => {
  const path = join(folder, 'model');
  writeFileAtomic(path, [bytes('one, '), new Uint8Array(), bytes('two')]);
  expect(readFileSync(path, 'utf8')).toBe('one, two');
});
