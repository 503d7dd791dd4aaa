import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';

const built = join(import.meta.dirname, '../../../playground/dist');

/** Is the playground built, so that it can be a part of the site? */
const within = existsSync(join(built, 'index.html'));

/** Where the playground is: `PLAYGROUND`, or the site's own folder for it; undefined where it has not been built. */
export const playgroundAddress: string | undefined = process.env['PLAYGROUND'] ?? (within ? '/playground/' : undefined);

/** Puts the built playground into the built site. */
export function addPlayground(site: string): void {
  if (within) cpSync(built, join(site, 'playground'), { recursive: true });
}
