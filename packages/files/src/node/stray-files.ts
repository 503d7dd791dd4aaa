import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** The machine as it can stand in a file name; on a shared disk a number of a process says nothing without it. */
const machine = (): string => hostname().replaceAll(/[^\w.]/g, '_');

/**
 * A name beside `path` for a file that is not whole yet. It says who is writing it, so that it can be told later
 * whether anyone still is.
 */
export function temporaryPath(path: string): string {
  const writer = `${machine()}-${process.pid}-${randomBytes(6).toString('hex')}`;
  return join(dirname(path), `.${basename(path).slice(0, 40)}-${writer}.nn-temporary`);
}

/** Removes the temporary files in a folder whose writers died before they were done, as far as that is possible. */
export function removeStrayFiles(folder: string): void {
  for (const name of attempt(() => readdirSync(folder)) ?? []) {
    const [, host, writer] = /-([^-]*)-(\d+)-[0-9a-f]{12}\.nn-temporary$/.exec(name) ?? [];
    const path = join(folder, name);
    if (host === machine() && isDead(Number(writer), path)) attempt(() => rmSync(path, { force: true }));
  }
}

function isDead(writer: number, path: string): boolean {
  if (writer === process.pid) {
    // After a restart in a container the same number comes again. What is older than this process is not ours.
    const start = Date.now() - process.uptime() * 1000;
    const second = 1000; // file systems and processes do not read quite the same clock
    return (attempt(() => statSync(path).mtimeMs) ?? start) < start - second;
  }
  try {
    process.kill(writer, 0); // sends nothing, only asks
    return false;
  } catch (error) {
    return (error as { readonly code?: string }).code === 'ESRCH';
  }
}

function attempt<Value>(what: () => Value): Value | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}
