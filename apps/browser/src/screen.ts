import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How a screenshot is compared with the one that was reviewed and kept. */
export interface ScreenComparison {
  /** The folder of the kept screenshots, each `name.png`. */
  readonly folder: string;
  /** The fraction of pixels that may differ: browser versions draw text slightly differently. */
  readonly allowed?: number;
}

/**
 * Compares a screenshot (PNG) with the kept one of that name. With `UPDATE_SCREENS=1` it is kept instead: review it then.
 *
 * @throws Error when none is kept, the sizes differ, or too many pixels differ. The screenshot and the difference
 *   are then written beside it as `name.actual.png` and `name.difference.png`
 */
export function expectScreen(name: string, picture: Uint8Array, { folder, allowed = 0.01 }: ScreenComparison): void {
  const path = (kind = ''): string => join(folder, `${name}${kind}.png`);
  if (process.env['UPDATE_SCREENS'] === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path(), picture);
    return;
  }
  if (!existsSync(path())) {
    throw new Error(`No screenshot ${name} is kept. Run the tests with UPDATE_SCREENS=1, and review what they write.`);
  }
  const kept = PNG.sync.read(readFileSync(path()));
  const actual = PNG.sync.read(Buffer.from(picture));
  const { width, height } = kept;
  if (actual.width !== width || actual.height !== height) {
    writeFileSync(path('.actual'), picture);
    throw new Error(`${name} is ${actual.width} × ${actual.height}, the kept screenshot is ${width} × ${height}.`);
  }
  const difference = new PNG({ width, height });
  const differing = pixelmatch(kept.data, actual.data, difference.data, width, height, { threshold: 0.1 });
  const share = differing / (width * height);
  if (share <= allowed) {
    for (const kind of ['.actual', '.difference']) rmSync(path(kind), { force: true });
    return;
  }
  writeFileSync(path('.actual'), picture);
  writeFileSync(path('.difference'), PNG.sync.write(difference));
  throw new Error(
    `${name} differs from the kept screenshot in ${(share * 100).toFixed(2)} % of its pixels; ${allowed * 100} % are allowed. ` +
      `See ${name}.difference.png; if the change is intended, run with UPDATE_SCREENS=1.`,
  );
}
