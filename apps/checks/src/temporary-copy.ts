import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll } from 'vitest';
import { root } from './repository.ts';

const leftOut = new Set(['node_modules', 'dist', '.git', '.turbo', 'coverage']);

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** An empty folder outside the repository, removed after the tests of the test file. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nn-'));
  made.push(folder);
  return folder;
}

/** A copy of the repository as in a fresh clone, without history, to plant faults in. */
export function temporaryCopy(): string {
  const folder = temporaryFolder();
  cpSync(root, folder, { recursive: true, filter: (file) => !leftOut.has(basename(file)) });
  return folder;
}
