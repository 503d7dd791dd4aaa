import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

// What the site does without when there is no network: formats of fonts that no browser with service workers asks for,
// interfaces of Pagefind that the site does not use, and the playground, which is a site of its own.
const left = /^playground\/|\.(gz|woff|ttf|map)$|pagefind-(ui|modular-ui|component-ui|highlight)|^offline|^404\.html$/;

/** The files that are kept for reading without a network, by address. */
export function offlineFiles(site: string): readonly string[] {
  return globSync('**/*', { cwd: site })
    .filter((file) => statSync(join(site, file)).isFile() && !left.test(file))
    .map((file) => `/${file.replace(/(^|\/)index\.html$/, '$1')}`)
    .toSorted();
}

/** Writes the list that `offline.js` reads, with a version that changes when any of the files does. */
export function writeOfflineFiles(site: string): void {
  const files = offlineFiles(site);
  const hash = createHash('sha256');
  for (const file of files)
    hash.update(file).update(readFileSync(join(site, file.endsWith('/') ? `${file}index.html` : file)));
  const offline = { version: hash.digest('base64url').slice(0, 12), files };
  writeFileSync(join(site, 'offline-files.js'), `self.offline = ${JSON.stringify(offline)};\n`);
}
