import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './repository.ts';

// `pnpm run version` ends with this: the constant by which two copies of the core tell each other apart follows the
// version that changesets gave to the package.

const core = join(root, 'packages/tensor');

/** The text of the file that holds the version, for the version in package.json. */
export function coreVersionText(): string {
  const { version } = JSON.parse(readFileSync(join(core, 'package.json'), 'utf8')) as { readonly version: string };
  return `/** The version of this package: what two copies in one process tell each other. */\nexport const version = '${version}';\n`;
}

/** The file as it is. */
export function coreVersionFile(): string {
  return readFileSync(join(core, 'src/version.ts'), 'utf8');
}

if (import.meta.main) writeFileSync(join(core, 'src/version.ts'), coreVersionText());
