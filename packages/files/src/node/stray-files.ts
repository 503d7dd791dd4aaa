import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** After this many milliseconds a temporary file is a stray one, whoever wrote it. */
const longestSave = 24 * 60 * 60 * 1000;

/** A process, told apart from every other one on all machines and in all containers that share a disk. */
interface Writer {
  /** The machine, its boot and the namespace within which process ids are unique. */
  readonly origin: string;
  readonly pid: number;
  /** When the process started, in ticks since the boot. */
  readonly start: string;
}

/** This process; undefined where the system does not tell: outside Linux. */
function thisWriter(): Writer | undefined {
  const boot = attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  const namespace = attempt(() => readlinkSync('/proc/self/ns/pid'));
  // The name of the command stands in brackets and may hold anything; `start` is the 20th field after it.
  const start = attempt(() => /^.*\) (?:\S+ ){19}(\d+) /s.exec(readFileSync('/proc/self/stat', 'utf8'))?.[1]);
  if (boot === undefined || namespace === undefined || start === undefined) return undefined;
  const origin = createHash('sha256').update(`${hostname()} ${boot} ${namespace}`).digest('hex').slice(0, 16);
  return { origin, pid: process.pid, start };
}

/**
 * A name beside `path` for a file that is not whole yet. It names the writer, so that a later save can tell whether the
 * writer is gone.
 */
export function temporaryPath(path: string): string {
  const { origin, pid, start } = thisWriter() ?? { origin: 'unknown', pid: process.pid, start: '0' };
  const name = `.${basename(path).slice(0, 40)}-${origin}-${pid}-${start}-${randomBytes(6).toString('hex')}`;
  return join(dirname(path), `${name}.nn-temporary`);
}

/**
 * Removes the temporary files in a folder that nobody writes any more, as far as that is possible: those whose writer is
 * certainly gone, and those older than a day.
 */
export function removeStrayFiles(folder: string): void {
  const here = thisWriter();
  for (const name of attempt(() => readdirSync(folder)) ?? []) {
    if (!/^\..*\.nn-temporary$/s.test(name)) continue;
    const path = join(folder, name);
    const [, origin, pid, start = ''] = /-([0-9a-f]{16})-(\d+)-(\d+)-[0-9a-f]{12}\.nn-temporary$/.exec(name) ?? [];
    const gone =
      here !== undefined && origin === here.origin
        ? (isGone({ origin, pid: Number(pid), start }, here) ?? isOld(path))
        : isOld(path);
    if (gone) attempt(() => rmSync(path, { force: true }));
  }
}

/** Whether a writer on this machine is gone; undefined when its process id is in use, perhaps by another process. */
function isGone({ pid, start }: Writer, here: Writer): boolean | undefined {
  // The id of this process was another process's before, if the starts differ.
  if (pid === here.pid) return start !== here.start;
  try {
    process.kill(pid, 0); // sends no signal, only asks
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH' ? true : undefined;
  }
}

function isOld(path: string): boolean {
  const changed = attempt(() => statSync(path).mtimeMs);
  return changed !== undefined && Date.now() - changed > longestSave;
}

function attempt<Value>(what: () => Value): Value | undefined {
  try {
    return what();
  } catch {
    return undefined;
  }
}
