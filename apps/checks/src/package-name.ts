/**
 * Why a package cannot be made under a name, in words for the person who typed it; undefined when it can.
 *
 * @param exists  whether a folder, as a path from the root of the repository, is there already
 */
export function packageNameFault(name: string, exists: (folder: string) => boolean): string | undefined {
  if (name === '') return 'A new package needs a name.';
  if (name.startsWith('@')) return `${JSON.stringify(name)}: leave the scope away, @nn/ is put before the name.`;
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name) || name.length > 40) {
    return `${JSON.stringify(name)} cannot be a package's name: it must be lower-case words joined by hyphens, at most 40 letters.`;
  }
  const taken = [`packages/${name}`, `apps/${name}`].find(exists);
  return taken === undefined ? undefined : `${JSON.stringify(name)} is taken: ${taken} is there already.`;
}
