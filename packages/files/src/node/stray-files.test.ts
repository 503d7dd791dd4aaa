import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { removeStrayFiles, temporaryPath } from './stray-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const day = 24 * 60 * 60;

/** Makes a temporary file of this process, or of another one when a part of its name is replaced; gives its name. */
function plant(replaced: Readonly<Record<string, string>> = {}, ageInSeconds = 0): string {
  let path = temporaryPath(join(folder, 'model'));
  for (const [part, other] of Object.entries(replaced)) path = path.replace(part, other);
  writeFileSync(path, 'half');
  const changed = Date.now() / 1000 - ageInSeconds;
  utimesSync(path, changed, changed);
  return basename(path);
}

/** The parts of a name that tell processes apart, as this process has them. */
function writerParts(): { readonly origin: string; readonly pid: string; readonly start: string } {
  const [, origin = '', pid = '', start = ''] =
    /-([0-9a-f]{16}|unknown)-(\d+)-(\d+)-/.exec(temporaryPath('/model')) ?? [];
  return { origin: `-${origin}-`, pid: `-${pid}-`, start: `-${start}-` };
}

/** The id of a process that has ended. */
const deadPid = (): string => `-${spawnSync(process.execPath, ['-e', '']).pid}-`;

const left = (): readonly string[] => {
  removeStrayFiles(folder);
  return readdirSync(folder).toSorted();
};

test('a temporary file lies beside the file, hidden, under a name that is used once', () => {
  const [one, other] = [temporaryPath('/data/model'), temporaryPath('/data/model')];
  expect(dirname(one)).toBe(dirname('/data/model'));
  expect(basename(one)).toMatch(/^\.model-.*\.nn-temporary$/);
  expect(one).not.toBe(other);
  expect(Buffer.byteLength(basename(temporaryPath(`/data/${'重'.repeat(85)}`)))).toBeLessThanOrEqual(255);
});

describe.skipIf(process.platform !== 'linux')('where the system tells processes apart', () => {
  test('the file of a process that has ended is removed', () => {
    const { pid } = writerParts();
    plant({ [pid]: deadPid() });
    expect(left()).toEqual([]);
  });

  test('the file of an earlier process with the id of this one is removed', () => {
    const { start } = writerParts();
    plant({ [start]: '-1-' });
    expect(left()).toEqual([]);
  });

  test('the file of another container, boot or machine is kept, whatever its process id', () => {
    const { origin, pid } = writerParts();
    const elsewhere = '-0123456789abcdef-';
    const names = [
      plant({ [origin]: elsewhere }),
      plant({ [origin]: elsewhere, [pid]: deadPid() }),
      plant({ [origin]: '-unknown-', [pid]: deadPid() }),
    ];
    expect(left()).toEqual(names.toSorted());
  });
});

test('the file of a running process is kept', () => {
  const { pid } = writerParts();
  const names = [plant(), plant({ [pid]: `-${process.ppid}-` })];
  expect(left()).toEqual(names.toSorted());
});

test('the file of anyone but this process is removed when it is older than a day', () => {
  const { origin, pid } = writerParts();
  plant({ [origin]: '-0123456789abcdef-' }, day + 60);
  plant({ [pid]: `-${process.ppid}-` }, day + 60);
  writeFileSync(join(folder, '.model-host-12-0123456789ab.nn-temporary'), '');
  utimesSync(join(folder, '.model-host-12-0123456789ab.nn-temporary'), 1, 1);
  const young = plant({ [origin]: '-0123456789abcdef-' }, day - 60);
  expect(left()).toEqual([young]);
});

test.skipIf(process.platform !== 'linux')('a save of this process that takes longer than a day is kept', () => {
  const name = plant({}, day + 60);
  expect(left()).toEqual([name]);
});

test('other files are kept, however old', () => {
  const names = ['.hidden', 'model', 'model.nn-temporary'];
  for (const name of names) {
    writeFileSync(join(folder, name), '');
    utimesSync(join(folder, name), 1, 1);
  }
  expect(left()).toEqual(names);
});

test('a missing folder has nothing to remove', () => {
  expect(() => removeStrayFiles(join(folder, 'none'))).not.toThrow();
});
