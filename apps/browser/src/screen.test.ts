import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectScreen } from './screen.ts';

/** A white picture with some black points at its start. */
function picture(width: number, height: number, black: number): Buffer {
  const png = new PNG({ width, height });
  png.data.fill(255);
  for (let at = 0; at < black; at++) png.data.set([0, 0, 0, 255], at * 4);
  return PNG.sync.write(png);
}

describe('a picture of a screen', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nn-screen-'));
    writeFileSync(join(folder, 'start.png'), picture(10, 10, 0));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('passes when it is the kept one, or nearly', () => {
    expect(() => expectScreen('start', picture(10, 10, 0), { folder })).not.toThrow();
    expect(() => expectScreen('start', picture(10, 10, 5), { folder, allowed: 0.05 })).not.toThrow();
  });

  test('fails when too many points differ, and leaves the difference to look at', () => {
    expect(() => expectScreen('start', picture(10, 10, 50), { folder, allowed: 0.05 })).toThrow(
      /differs from the kept picture in 50\.00 % of its points, allowed are 5 %/,
    );
    expect(existsSync(join(folder, 'start.difference.png'))).toBe(true);
    expect(existsSync(join(folder, 'start.actual.png'))).toBe(true);
  });

  test('fails when its size is another, or none is kept', () => {
    expect(() => expectScreen('start', picture(10, 12, 0), { folder })).toThrow(
      'start is 10 × 12, the kept picture 10 × 10.',
    );
    expect(() => expectScreen('other', picture(10, 10, 0), { folder })).toThrow('No picture other is kept.');
  });
});
