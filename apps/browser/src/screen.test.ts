import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectScreen } from './screen.ts';

/** A white picture whose first pixels are black. */
function picture(width: number, height: number, black: number): Buffer {
  const png = new PNG({ width, height });
  png.data.fill(255);
  for (let at = 0; at < black; at++) png.data.set([0, 0, 0, 255], at * 4);
  return PNG.sync.write(png);
}

describe('a screenshot', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nn-screen-'));
    writeFileSync(join(folder, 'start.png'), picture(10, 10, 0));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('passes when it equals the kept one, or few pixels differ', () => {
    expect(() => expectScreen('start', picture(10, 10, 0), { folder })).not.toThrow();
    expect(() => expectScreen('start', picture(10, 10, 5), { folder, allowed: 0.05 })).not.toThrow();
  });

  test('fails when too many pixels differ, and writes the difference', () => {
    expect(() => expectScreen('start', picture(10, 10, 50), { folder, allowed: 0.05 })).toThrow(
      /differs from the kept screenshot in 50\.00 % of its pixels; 5 % are allowed/,
    );
    expect(existsSync(join(folder, 'start.difference.png'))).toBe(true);
    expect(existsSync(join(folder, 'start.actual.png'))).toBe(true);
  });

  test('fails when the sizes differ, or none is kept', () => {
    expect(() => expectScreen('start', picture(10, 12, 0), { folder })).toThrow(
      'start is 10 × 12, the kept screenshot is 10 × 10.',
    );
    expect(() => expectScreen('other', picture(10, 10, 0), { folder })).toThrow('No screenshot other is kept.');
  });
});
