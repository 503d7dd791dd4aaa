import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { destination } from './destination.ts';
import { pieceBytes } from './piece-bytes.ts';
import { SaveError } from './save-error.ts';
import { removeStrayFiles, temporaryPath } from './stray-files.ts';

/**
 * Writes a file whole or not at all: whatever happens, even a loss of power, its name stands for the old bytes or for
 * the new ones. When it returns, the new ones are on the disk.
 *
 * The bytes go into a temporary file beside it, which then takes its name. Temporary files of writers that are gone are
 * removed. Links are followed, also one to a file that is not there yet, and the permissions of the old file are kept.
 * Synchronous, so that it can be the last thing a program does when it is interrupted.
 *
 * @param bytes  the content, or its parts one after the other; of any length
 * @throws SaveError when the disk is full or read-only, the folder missing, what is there not a regular file, …; no
 *   temporary file is left behind
 */
export function writeFileAtomic(path: string, bytes: Uint8Array | readonly Uint8Array[]): void {
  let temporary: string | undefined;
  try {
    const { target, mode } = destination(path);
    removeStrayFiles(dirname(target));
    temporary = temporaryPath(target);
    writeFlushed(temporary, ArrayBuffer.isView(bytes) ? [bytes] : bytes, mode);
    renameSync(temporary, target);
    temporary = undefined;
    flushFolder(dirname(target));
  } catch (cause) {
    if (temporary !== undefined) removeQuietly(temporary);
    throw new SaveError(path, cause);
  }
}

/**
 * Checks that a file can be saved, by making and removing its temporary file: worth doing before long work. The file of
 * that name, if there is one, is not touched.
 *
 * @returns the file that would be written: an absolute path with all links followed, equal for all spellings of a place
 * @throws SaveError as `writeFileAtomic` would
 */
export function checkWritable(path: string): string {
  let temporary: string | undefined;
  try {
    const { target } = destination(path);
    temporary = temporaryPath(target);
    closeSync(openSync(temporary, 'wx'));
    rmSync(temporary);
    return target;
  } catch (cause) {
    if (temporary !== undefined) removeQuietly(temporary);
    throw new SaveError(path, cause);
  }
}

function writeFlushed(path: string, parts: readonly Uint8Array[], mode: number | undefined): void {
  const file = openSync(path, 'wx');
  try {
    if (mode !== undefined) fchmodSync(file, mode & 0o777);
    for (const bytes of parts) {
      for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, Math.min(bytes.length - at, pieceBytes));
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Flushes a folder, since the new name is stored in it. Windows flushes no folders. */
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
    // The first error says more.
  }
}
