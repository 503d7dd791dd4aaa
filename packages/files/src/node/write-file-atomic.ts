import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { SaveError } from './save-error.ts';
import { removeStrayFiles, temporaryPath } from './stray-files.ts';

/**
 * Writes a file whole or not at all: whatever happens, even a loss of power, its name stands for the old bytes or for
 * the new ones. When it returns, the new ones are on the disk.
 *
 * The bytes go into a temporary file beside it, which then takes its name. Such files of writers that died are removed
 * on the way. A link is followed, and the permissions of the old file are kept. Synchronous, so that it can be the last
 * thing a program does when it is interrupted.
 *
 * @throws SaveError when the disk is full or read-only, the folder missing, …; no temporary file stays behind
 */
export function writeFileAtomic(path: string, bytes: Uint8Array): void {
  let temporary: string | undefined;
  try {
    const old = statSync(path, { throwIfNoEntry: false });
    const target = old ? realpathSync(path) : resolve(path);
    removeStrayFiles(dirname(target));
    temporary = temporaryPath(target);
    writeFlushed(temporary, bytes, old?.mode);
    renameSync(temporary, target);
    temporary = undefined;
    flushFolder(dirname(target));
  } catch (cause) {
    if (temporary !== undefined) removeQuietly(temporary);
    throw new SaveError(path, cause);
  }
}

function writeFlushed(path: string, bytes: Uint8Array, mode: number | undefined): void {
  const file = openSync(path, 'wx');
  try {
    if (mode !== undefined) fchmodSync(file, mode & 0o777);
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The new name is in the folder, and that too has to reach the disk. Windows flushes no folders. */
function flushFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // What went wrong first says more.
  }
}
