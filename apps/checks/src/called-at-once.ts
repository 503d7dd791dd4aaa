import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { reachableFiles } from './reachable-files.ts';

/** What binds a program to its variables, and feeds it, and what it does with nearly every program. */
const besides = ['src/bound.ts', 'src/copy-numbers.ts', 'src/operations/view.ts', 'src/wasm/matmul/epilogue.ts'];

/**
 * The files whose functions are nearly all called as soon as a first program is compiled: the wasm
 * backend, and a few more. Packages without it have none.
 *
 * @param folder  the package; files are named from there on, as `src/bound.ts`
 */
export function calledAtOnce(folder: string): ReadonlySet<string> {
  const wasm = join(folder, 'src/wasm/index.ts');
  if (!existsSync(wasm)) return new Set();
  const reached = [...reachableFiles(wasm)].map((file) => relative(folder, file));
  return new Set([...reached.filter((file) => /^src\/(loops|wasm)\//.test(file)), ...besides]);
}
