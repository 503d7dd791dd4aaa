import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// Files that are not cached for offline use: legacy font formats, unused interfaces of Pagefind, and the playground, which is
// a separate app.
const excluded =
  /^playground\/|\.(gz|woff|ttf|map)$|pagefind-(ui|modular-ui|component-ui|highlight)|^offline|^404\.html$/;

/** The addresses of the files that are cached for offline use. */
export function offlineFiles(site: string): readonly string[] {
  return globSync('**/*', { cwd: site })
    .filter((file) => statSync(join(site, file)).isFile() && !excluded.test(file))
    .map((file) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`)
    .toSorted();
}

/** Writes the list that `offline.js` reads, with a version that changes when any file changes. */
export function writeOfflineFiles(site: string): void {
  const files = offlineFiles(site);
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(file).update(readFileSync(join(site, file.endsWith('/') ? `${file}index.html` : file)));
  const offline = { version: hash.digest('base64url').slice(0, 12), files };
  writeFileSync(join(site, 'offline-files.js'), `self.offline = ${JSON.stringify(offline)};\n`);
}
