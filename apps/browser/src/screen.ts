import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How a picture of a screen is compared with the one that was looked at and kept. */
export interface ScreenComparison {
  /** Where the kept pictures lie, each as `name.png`. */
  readonly folder: string;
  /** The share of points that may differ: other versions of a browser draw letters a little differently. */
  readonly allowed?: number;
}

/**
 * Compares a picture (PNG) with the kept one of that name. With `UPDATE_SCREENS=1` it is kept instead: look at it then.
 *
 * @throws Error when there is none, its size is another, or too many points differ; the picture and the differences
 *   are then left beside it as `name.actual.png` and `name.difference.png`
 */
export function expectScreen(name: string, picture: Uint8Array, { folder, allowed = 0.01 }: ScreenComparison): void {
  const path = (kind = ''): string => join(folder, `${name}${kind}.png`);
  if (process.env['UPDATE_SCREENS'] === '1') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path(), picture);
    return;
  }
  if (!existsSync(path())) {
    throw new Error(`No picture ${name} is kept. Run the tests with UPDATE_SCREENS=1, and look at what they keep.`);
  }
  const kept = PNG.sync.read(readFileSync(path()));
  const actual = PNG.sync.read(Buffer.from(picture));
  const { width, height } = kept;
  if (actual.width !== width || actual.height !== height) {
    writeFileSync(path('.actual'), picture);
    throw new Error(`${name} is ${actual.width} × ${actual.height}, the kept picture ${width} × ${height}.`);
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
    `${name} differs from the kept picture in ${(share * 100).toFixed(2)} % of its points, allowed are ${allowed * 100} %. ` +
      `See ${name}.difference.png; if the new look is meant, run with UPDATE_SCREENS=1.`,
  );
}
