/** A changeset: the version bump of each package, and the sentence for the person who upgrades. */
export interface Changeset {
  readonly bumps: ReadonlyMap<string, string>;
  readonly sentence: string;
}

/**
 * Reads the text of a file in `.changeset`.
 *
 * @throws SyntaxError when it does not begin with its packages between two lines of `---`
 */
export function readChangeset(text: string): Changeset {
  const match = /^---\n([\s\S]*?)---\n([\s\S]*)$/.exec(text);
  if (!match) throw new SyntaxError('A changeset begins with its packages between two lines of ---.');
  const lines = match[1]!.split('\n').filter((line) => line.trim() !== '');
  const bumps = lines.map((line) => {
    const bump = /^["']?(@?[\w/-]+)["']?: *(\w+)$/.exec(line.trim());
    if (!bump) throw new SyntaxError(`Not a package and a bump: ${line}`);
    return [bump[1]!, bump[2]!] as const;
  });
  return { bumps: new Map(bumps), sentence: match[2]!.trim() };
}
