import { cpSync } from 'node:fs';
import { join } from 'node:path';

/** The address of the playground: a folder of the site, or the value of `PLAYGROUND`. */
export const playgroundAddress: string = process.env['PLAYGROUND'] ?? '/playground/';

/** Copies the built playground into the built site. */
export function addPlayground(site: string): void {
  cpSync(join(import.meta.dirname, '../../../playground/dist'), join(site, 'playground'), { recursive: true });
}
