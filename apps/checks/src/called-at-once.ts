import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { reachableFiles } from './reachable-files.ts';

/** What binds a program to its variables, and feeds it, and what the full door does with nearly every program. */
const besides = ['src/bound.ts', 'src/copy-numbers.ts', 'src/operations/view.ts', 'src/wasm/matmul/epilogue.ts'];

/**
 * The files whose functions are nearly all called as soon as a first program is compiled: what the light door of the
 * backend takes of the backend, and a few more. Packages without that door have none.
 *
 * @param folder  the package; files are named from there on, as `src/bound.ts`
 */
export function calledAtOnce(folder: string): ReadonlySet<string> {
  const light = join(folder, 'src/wasm/light.ts');
  if (!existsSync(light)) return new Set();
  const reached = [...reachableFiles(light)].map((file) => relative(folder, file));
  return new Set([...reached.filter((file) => /^src\/(loops|wasm)\//.test(file)), ...besides]);
}
