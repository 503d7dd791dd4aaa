/** What the most frequent codes of the system mean for a save; others are told in the system's own words. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'its folder may not be written by this user',
  EPERM: 'its folder may not be written by this user',
  EROFS: 'the disk is read-only',
  ENAMETOOLONG: 'the name is too long',
  ENOTDIR: 'a part of the path is not a folder',
  ELOOP: 'its links lead in a circle',
};

const hints: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space on the disk, or save elsewhere.',
  EDQUOT: 'Free some of your space on the disk, or save elsewhere.',
  EACCES: 'Save into a folder that you may write.',
  EPERM: 'Save into a folder that you may write.',
  EROFS: 'Save onto a disk that is not read-only.',
  ENOENT: 'Name a file in a folder that exists.',
  ENOTDIR: 'Name a file in a folder that exists.',
  EISDIR: 'Name a file in it.',
  EINVAL: 'Name a regular file.',
  ENAMETOOLONG: 'Give a name of at most 255 bytes.',
  ELOOP: 'Remove the links, or save elsewhere.',
};

/**
 * A file that could not be saved. A file of that name, if there is one, is whole: the old one, or the new one when only
 * the last flush to the disk failed.
 *
 * `code` is the system's code of the reason, such as ENOSPC for a full disk; `reason` and `hint` are the parts of the
 * message that say what is wrong and how to fix it; `cause` is the system's error.
 */
export class SaveError extends Error {
  override readonly name = 'SaveError';
  readonly path: string;
  readonly code: string;
  readonly reason: string;
  readonly hint: string;

  constructor(path: string, cause: unknown) {
    const { code = 'unknown', message = String(cause) } = cause as {
      readonly code?: string;
      readonly message?: string;
    };
    const reason = Object.hasOwn(reasons, code) ? `${reasons[code]} (${code})` : message;
    const hint = (Object.hasOwn(hints, code) ? hints[code] : undefined) ?? 'Check the disk, then save again.';
    super(
      `Cannot save ${JSON.stringify(path)}: ${reason}. A file of that name, if there is one, is still whole. ${hint}`,
      {
        cause,
      },
    );
    this.path = path;
    this.code = code;
    this.reason = reason;
    this.hint = hint;
  }
}
