/** How to mend what the system complains about most often. */
const mends: Readonly<Record<string, string>> = {
  ENOSPC: 'Free some space on the disk, or save elsewhere.',
  EDQUOT: 'Free some of your space on the disk, or save elsewhere.',
  EACCES: 'Save into a folder in which you may write.',
  EPERM: 'Save into a folder in which you may write.',
  EROFS: 'Save onto a disk that is not read-only.',
  ENOENT: 'Make the folder first: mkdirSync(folder, { recursive: true }).',
  EISDIR: 'Give the name of a file in it.',
};

/**
 * A file that could not be saved. The file of that name, if there is one, is whole: the old one, or the new one when
 * only the last flush to the disk failed.
 *
 * `code` is the system's word for the reason, such as ENOSPC for a full disk; `cause` is its own error.
 */
export class SaveError extends Error {
  override readonly name = 'SaveError';
  readonly path: string;
  readonly code: string;

  constructor(path: string, cause: unknown) {
    const { code = 'unknown', message = String(cause) } = cause as {
      readonly code?: string;
      readonly message?: string;
    };
    super(
      `Cannot save ${path}: ${message}. A file that stood there is still whole. ` +
        (mends[code] ?? 'Check the disk, then save again.'),
      { cause },
    );
    this.path = path;
    this.code = code;
  }
}
