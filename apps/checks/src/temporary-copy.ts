import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { root } from './repository.ts';

const leftOut = new Set(['node_modules', 'dist', '.git', '.turbo', 'coverage']);

/** An empty folder outside the repository, removed when the process ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'nn-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of the repository as a fresh clone would have it, without history: a place to plant faults in. */
export function temporaryCopy(): string {
  const folder = temporaryFolder();
  cpSync(root, folder, { recursive: true, filter: (file) => !leftOut.has(basename(file)) });
  return folder;
}
