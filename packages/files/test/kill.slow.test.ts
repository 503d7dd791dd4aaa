import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSafetensors, saveSafetensors } from '@nn/files/node';
import { tensor } from '@nn/tensor';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  path = join(folder, 'model.safetensors');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a process that saves without end, kills it in the middle of its n-th save, and gives what it printed. */
function killWhileSaving(way: 'atomic' | 'plain', n: number): Promise<string> {
  const program = join(import.meta.dirname, 'save-forever.ts');
  const child = spawn(process.execPath, ['--conditions=@nn/source', program, path, way], {
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

/** The number of the save that the file comes from; fails unless the file is whole. */
function savedNumber(): number {
  const { data } = loadSafetensors(path).tensors['weight']!;
  expect(data.every((value) => value === data[0])).toBe(true);
  return data[0]!;
}

describe.skipIf(process.platform === 'win32')('kill −9 while saving', () => {
  test('leaves no corrupt file in 40 rounds, and loses no save that was acknowledged', async () => {
    let strays = 0;
    for (let round = 0; round < 40; round++) {
      const printed = await killWhileSaving('atomic', 2 + (round % 5));
      const acknowledged = Number([...printed.matchAll(/^saved (\d+)$/gm)].at(-1)?.[1]);
      expect(acknowledged).toBeGreaterThan(0);
      const saved = savedNumber();
      expect(saved).toBeGreaterThanOrEqual(acknowledged);
      const left = readdirSync(folder).filter((name) => name !== 'model.safetensors');
      // The next round's first save removes what this one left, so that it is never more than one file.
      expect(left.length).toBeLessThanOrEqual(1);
      strays += left.length;
    }
    // Some were really killed in the middle.
    expect(strays).toBeGreaterThan(0);
    saveSafetensors(path, { weight: tensor([1]) });
    expect(readdirSync(folder)).toEqual(['model.safetensors']);
  });

  test('is seen to corrupt a file that is written in place', async () => {
    let corrupt = false;
    for (let round = 0; round < 100 && !corrupt; round++) {
      await killWhileSaving('plain', 2 + (round % 5));
      try {
        savedNumber();
      } catch {
        corrupt = true;
      }
    }
    expect(corrupt).toBe(true);
  });
});
