import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeStrayFiles, temporaryPath } from './stray-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A temporary file as another process would have named it. */
function plant(writer: number): string {
  const path = temporaryPath(join(folder, 'model')).replace(`-${process.pid}-`, `-${writer}-`);
  writeFileSync(path, 'half');
  return path;
}

test('a temporary file lies beside the file, hidden, under a name that comes only once', () => {
  const [one, other] = [temporaryPath('/data/model'), temporaryPath('/data/model')];
  expect(dirname(one)).toBe(dirname('/data/model'));
  expect(basename(one)).toMatch(/^\.model-.*\.nn-temporary$/);
  expect(one).not.toBe(other);
});

test('what a dead writer left is removed', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  plant(pid);
  removeStrayFiles(folder);
  expect(readdirSync(folder)).toEqual([]);
});

test('what a living writer is at is left alone', () => {
  const kept = [plant(process.ppid), plant(process.pid)].map((path) => basename(path));
  removeStrayFiles(folder);
  expect(readdirSync(folder).toSorted()).toEqual(kept.toSorted());
});

test('what a dead writer of the same number left before this process began is removed', () => {
  const path = plant(process.pid);
  utimesSync(path, 1, 1);
  removeStrayFiles(folder);
  expect(readdirSync(folder)).toEqual([]);
});

test('what another machine writes on a shared disk, and every other file, is left alone', () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  const names = [`.model-elsewhere-${pid}-0123456789ab.nn-temporary`, '.model.nn-temporary', 'model'];
  for (const name of names) writeFileSync(join(folder, name), '');
  removeStrayFiles(folder);
  expect(readdirSync(folder).toSorted()).toEqual(names.toSorted());
});

test('a folder that is not there holds nothing to remove', () => {
  expect(() => removeStrayFiles(join(folder, 'none'))).not.toThrow();
});
