import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Writes `file.gz` beside every text file of a built site, for servers that send precompressed files. */
export function compress(site: string): void {
  for (const file of globSync('**/*.{html,css,js,svg,json,xml}', { cwd: site })) {
    writeFileSync(join(site, `${file}.gz`), gzipSync(readFileSync(join(site, file)), { level: 9 }));
  }
}
