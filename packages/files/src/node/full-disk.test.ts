import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { full } from '@nn/tensor';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadSafetensors } from './load-safetensors.ts';
import { SaveError } from './save-error.ts';
import { saveSafetensors } from './save-safetensors.ts';
import { checkWritable } from './write-file-atomic.ts';

const folder = mkdtempSync(join(tmpdir(), 'files-'));
const disk = join(folder, 'disk');
mkdirSync(disk);
// A disk of 64 KiB. Mounting one takes root on Linux.
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status === 0;
const path = join(disk, 'model.safetensors');

function errorOf(save: () => void): SaveError {
  try {
    save();
  } catch (error) {
    if (error instanceof SaveError) return error;
  }
  throw new Error('did not throw a SaveError');
}

beforeAll(() => saveSafetensors(path, { weight: full([1000], 1) }));
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  else chmodSync(disk, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

describe('the old file is unchanged, and no other file is left', () => {
  // Skipped where no small disk can be mounted.
  test.skipIf(!mounted)('when the disk is full', () => {
    const error = errorOf(() => saveSafetensors(path, { weight: full([100_000], 2) }));
    expect(error.code).toBe('ENOSPC');
    expect(error.message).toContain('the disk is full (ENOSPC)');
    expect(error.message).toContain('Free some space on the disk, or save elsewhere.');
    expect(readdirSync(disk)).toEqual(['model.safetensors']);
    expect(loadSafetensors(path).tensors['weight']!.sum().item()).toBe(1000);
  });

  test('when the disk is read-only', ({ skip }) => {
    if (mounted) spawnSync('mount', ['-o', 'remount,ro', disk]);
    else if (process.getuid?.() === 0 || process.platform === 'win32') skip('this user may write every folder');
    else chmodSync(disk, 0o500);
    const error = errorOf(() => saveSafetensors(path, { weight: full([10], 3) }));
    expect(error.code).toBe(mounted ? 'EROFS' : 'EACCES');
    expect(errorOf(() => void checkWritable(path)).code).toBe(error.code);
    expect(readdirSync(disk)).toEqual(['model.safetensors']);
    expect(loadSafetensors(path).tensors['weight']!.sum().item()).toBe(1000);
  });
});
