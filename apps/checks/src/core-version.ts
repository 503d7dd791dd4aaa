import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './repository.ts';

// The last step of `pnpm run version`: writes the new version of the core into its source, where two copies of the core
// in one process compare their versions.

const core = join(root, 'packages/tensor');

/** The expected text of `version.ts` for the version in package.json. */
export function coreVersionText(): string {
  const { version } = JSON.parse(readFileSync(join(core, 'package.json'), 'utf8')) as { readonly version: string };
  return `/** The version of this package. Tensors carry it, so that errors can name the versions of two copies in one process. */\nexport const version = '${version}';\n`;
}

/** The current text of `version.ts`. */
export function coreVersionFile(): string {
  return readFileSync(join(core, 'src/version.ts'), 'utf8');
}

if (import.meta.main) writeFileSync(join(core, 'src/version.ts'), coreVersionText());
