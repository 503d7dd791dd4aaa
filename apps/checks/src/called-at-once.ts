import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { reachableFiles } from './reachable-files.ts';

/** What binds a program to its variables, and feeds it. */
const feeding = ['src/bound.ts', 'src/copy-numbers.ts', 'src/operations/view.ts'];

/**
 * The files whose functions are nearly all called as soon as a first program is compiled: what the light door of the
 * backend takes of the backend, and what binds and feeds programs. Packages without that door have none.
 *
 * @param folder  the package; files are named from there on, as `src/bound.ts`
 */
export function calledAtOnce(folder: string): ReadonlySet<string> {
  const light = join(folder, 'src/wasm/light.ts');
  if (!existsSync(light)) return new Set();
  const reached = [...reachableFiles(light)].map((file) => relative(folder, file));
  return new Set([...reached.filter((file) => /^src\/(loops|wasm)\//.test(file)), ...feeding]);
}
