import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSafetensors, writeFileAtomic } from '@nn/files/node';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  path = join(folder, 'model.safetensors');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const program = (name: string): readonly string[] => ['--conditions=@nn/source', join(import.meta.dirname, name)];

/** Saves in a process that kills itself at its n-th call to the file system; false when it has fewer calls. */
function killAtCall(way: 'atomic' | 'plain', n: number): boolean {
  const { signal, status } = spawnSync(process.execPath, [
    ...program('save-and-die.ts'),
    way,
    path,
    'new text',
    `${n}`,
  ]);
  expect(signal === 'SIGKILL' || status === 0).toBe(true);
  return signal !== null;
}

/** Starts a process that saves again and again, kills it during its n-th save, and returns what it printed. */
function killWhileSaving(n: number): Promise<string> {
  const child = spawn(process.execPath, [...program('save-forever.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
    if (printed.includes(`saving ${n}\n`)) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => resolve(printed));
  });
}

/** The number of the save that wrote the file; fails unless the file is whole. */
function savedNumber(): number {
  const { data } = loadSafetensors(path).tensors['weight']!;
  expect(data.every((value) => value === data[0])).toBe(true);
  return data[0]!;
}

describe.skipIf(process.platform === 'win32')('kill −9 while saving', () => {
  test('at any call to the file system leaves the old file or the new one, and the next save removes the temporary file', () => {
    let strays = 0;
    let killed = true;
    for (let call = 1; call <= 100 && killed; call++) {
      writeFileSync(path, 'old');
      killed = killAtCall('atomic', call);
      expect(readFileSync(path, 'utf8')).toBeOneOf(killed ? ['old', 'new text'] : ['new text']);
      strays += readdirSync(folder).length - 1;
      writeFileAtomic(path, new Uint8Array());
      expect(readdirSync(folder)).toEqual(['model.safetensors']);
    }
    expect(killed).toBe(false);
    // Killed before fchmod, in the middle of the write, before fsync, close and rename.
    expect(strays).toBe(5);
  });

  test('at any moment leaves no corrupt file in 30 rounds, and loses no save that was reported', async () => {
    for (let round = 0; round < 30; round++) {
      const printed = await killWhileSaving(2 + (round % 5));
      const reported = Number([...printed.matchAll(/^saved (\d+)$/gm)].at(-1)?.[1]);
      expect(reported).toBeGreaterThan(0);
      expect(savedNumber()).toBeGreaterThanOrEqual(reported);
      expect(readdirSync(folder).length).toBeLessThanOrEqual(2);
    }
  });

  test('corrupts a file that is written in place, which shows that the test can fail', () => {
    const left = [1, 2, 3, 4].map((call) => {
      writeFileSync(path, 'old');
      killAtCall('plain', call);
      return readFileSync(path, 'utf8');
    });
    expect(left).toEqual(['old', 'new ', 'new text', 'new text']);
  });
});
