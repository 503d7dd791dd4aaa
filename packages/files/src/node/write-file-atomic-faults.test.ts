import type * as FileSystem from 'node:fs';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SaveError } from './save-error.ts';
import { writeFileAtomic } from './write-file-atomic.ts';

/** The number of the call to the file system that fails, counted from 1; 0 for none. */
const fault = vi.hoisted(() => ({ at: 0, calls: [] as string[], shortWrites: false }));

vi.mock('node:fs', async (importOriginal) => {
  const actual = await importOriginal<typeof FileSystem>();
  const failing = Object.entries(actual).map(([name, value]) => {
    if (typeof value !== 'function' || !name.endsWith('Sync')) return [name, value];
    const { native } = value as { readonly native?: typeof value };
    const call = (native ?? value) as (...parameters: unknown[]) => unknown;
    const wrapped = (...parameters: unknown[]): unknown => {
      if (fault.at > 0) fault.calls.push(name);
      if (fault.at > 0 && fault.calls.length === fault.at) {
        throw Object.assign(new Error('EIO: i/o error, planted'), { code: 'EIO' });
      }
      if (name !== 'writeSync' || !fault.shortWrites) return call(...parameters);
      const [file, bytes, at] = parameters as [number, Uint8Array, number];
      return actual.writeSync(file, bytes, at, Math.min(3, bytes.length - at));
    };
    // realpathSync.native is the same call.
    return [name, Object.assign(wrapped, { native: wrapped })];
  });
  return Object.fromEntries(failing) as typeof FileSystem;
});

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Saves while call number `at` fails. */
function saveWithFault(path: string, at: number): unknown {
  fault.calls = [];
  fault.at = at;
  try {
    writeFileAtomic(path, new TextEncoder().encode('new'));
    return undefined;
  } catch (error) {
    return error;
  } finally {
    fault.at = 0;
  }
}

test('whichever call to the file system fails, the file is whole and no other file is left', () => {
  const path = join(folder, 'model');
  const failed: string[] = [];
  for (let at = 1; at <= 100; at++) {
    writeFileSync(path, 'old');
    const error = saveWithFault(path, at);
    const met = fault.calls.length >= at;
    const call = fault.calls[at - 1] ?? 'none';
    if (error !== undefined) {
      expect(error).toBeInstanceOf(SaveError);
      expect((error as SaveError).code).toBe('EIO');
      failed.push(call);
    }
    const renamed = error === undefined || fault.calls.slice(0, at - 1).includes('renameSync');
    expect(readFileSync(path, 'utf8'), `call ${at}, ${call}`).toBe(renamed ? 'new' : 'old');
    expect(readdirSync(folder), `call ${at}, ${call}`).toEqual(['model']);
    if (!met) break;
  }
  expect(new Set(failed)).toEqual(
    new Set([
      'statSync',
      'lstatSync',
      'realpathSync',
      'openSync',
      'fchmodSync',
      'writeSync',
      'fsyncSync',
      'closeSync',
      'renameSync',
    ]),
  );
});

test('the bytes are flushed before the rename, and the folder after it', () => {
  expect(saveWithFault(join(folder, 'model'), 100)).toBeUndefined();
  const order = ['writeSync', 'fsyncSync', 'renameSync'];
  expect(fault.calls.filter((call) => order.includes(call))).toEqual([...order, 'fsyncSync']);
});

test('short writes are continued until all bytes are written', () => {
  fault.shortWrites = true;
  writeFileAtomic(join(folder, 'model'), new TextEncoder().encode('more than three'));
  fault.shortWrites = false;
  expect(readFileSync(join(folder, 'model'), 'utf8')).toBe('more than three');
});
