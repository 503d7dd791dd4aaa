import { lstatSync, readlinkSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, isAbsolute, join, sep } from 'node:path';

/** The file that saving to a path makes or replaces. */
export interface Destination {
  /** Its absolute path, free of links. */
  readonly target: string;
  /** The permissions of the file that is there; undefined when there is none. */
  readonly mode: number | undefined;
}

/**
 * Finds the file that saving to a path makes or replaces. Links are followed, also one to a file that is not there yet.
 *
 * @throws Error with the system's `code` when the name is empty or too long, the folder missing, or something other than
 *   a regular file is there
 */
export function destination(path: string): Destination {
  if (path === '') throw refusal('ENOENT', 'the name is empty');
  const old = statSync(path, { throwIfNoEntry: false });
  if (old?.isDirectory()) throw refusal('EISDIR', 'this is a folder');
  if (old && !old.isFile()) throw refusal('EINVAL', `this is ${kindOf(old)}, not a regular file`);
  if (path.endsWith('/') || path.endsWith(sep)) throw refusal('EISDIR', 'this names a folder');
  return { target: followLinks(path), mode: old?.mode };
}

/** Follows a link by hand, since the system resolves links only to what exists. */
function followLinks(path: string): string {
  const folder = realFolder(dirname(path));
  const target = join(folder, basename(path));
  if (!lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) return target;
  const link = readlinkSync(target);
  // A circle of links ends in the call to statSync above, which throws ELOOP.
  return followLinks(isAbsolute(link) ? link : `${folder}${sep}${link}`);
}

function realFolder(path: string): string {
  try {
    // The system's own resolution: JavaScript's takes `link/..` for the folder that holds the link.
    return realpathSync.native(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw refusal('ENOENT', `there is no folder ${path}`);
  }
}

function kindOf(status: Stats): string {
  if (status.isFIFO()) return 'a pipe';
  if (status.isSocket()) return 'a socket';
  return 'a device';
}

const refusal = (code: string, reason: string): Error => Object.assign(new Error(reason), { code });
