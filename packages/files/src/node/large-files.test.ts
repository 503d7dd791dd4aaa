import type * as FileSystem from 'node:fs';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { loadSafetensors } from './load-safetensors.ts';
import { writeFileAtomic } from './write-file-atomic.ts';

const twoGiB = 2 ** 31;

/** The large pieces that were asked for. */
const pieces = vi.hoisted(() => [] as { at: number; length: number; position?: number }[]);

// Refuses 2 GiB in one call, as Node does, and moves no bytes of large pieces, so that the test takes no time and memory.
vi.mock('node:fs', async (importOriginal) => {
  const actual = await importOriginal<typeof FileSystem>();
  const check = (length: number): void => {
    if (length >= 2 ** 31) throw new RangeError(`ERR_OUT_OF_RANGE: ${length}`);
  };
  return {
    ...actual,
    writeSync(file: number, bytes: Uint8Array, at: number, length: number): number {
      check(length);
      if (length < 2 ** 20) return actual.writeSync(file, bytes, at, length);
      pieces.push({ at, length });
      return length;
    },
    readSync(file: number, bytes: Uint8Array, at: number, length: number, position: number): number {
      check(length);
      if (length < 2 ** 20) return actual.readSync(file, bytes, at, length, position);
      pieces.push({ at, length, position });
      return length;
    },
  };
});

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  path = join(folder, 'model.safetensors');
  pieces.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('more than 2 GiB are written in pieces that follow each other', () => {
  writeFileAtomic(path, new Uint8Array(twoGiB + 2 ** 22));
  expect(pieces).toEqual([
    { at: 0, length: 2 ** 30 },
    { at: 2 ** 30, length: 2 ** 30 },
    { at: twoGiB, length: 2 ** 22 },
  ]);
});

test('a tensor of more than 2 GiB is read in pieces that follow each other', () => {
  const size = (twoGiB + 2 ** 22) / 4;
  const header = Buffer.from(JSON.stringify({ x: { dtype: 'F32', shape: [size], data_offsets: [0, 4 * size] } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  writeFileSync(path, Buffer.concat([length, header]));
  const start = 8 + header.length;
  truncateSync(path, start + 4 * size); // a file with a hole, which takes no room on the disk
  expect(loadSafetensors(path).tensors['x']!.shape).toEqual([size]);
  expect(pieces).toEqual([
    { at: 0, length: 2 ** 30, position: start },
    { at: 2 ** 30, length: 2 ** 30, position: start + 2 ** 30 },
    { at: twoGiB, length: 2 ** 22, position: start + twoGiB },
  ]);
});
