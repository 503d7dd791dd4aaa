import { cpSync } from 'node:fs';
import { join } from 'node:path';

/** Where the playground is: a folder of the site, or what `PLAYGROUND` says. */
export const playgroundAddress: string = process.env['PLAYGROUND'] ?? '/playground/';

/** Puts the built playground into the built site. */
export function addPlayground(site: string): void {
  cpSync(join(import.meta.dirname, '../../../playground/dist'), join(site, 'playground'), { recursive: true });
}
