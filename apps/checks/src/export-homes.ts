import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** For each name that a module re-exports with `export { name } from './file.ts'`: that file. */
export function exportHomes(index: string): ReadonlyMap<string, string> {
  const { module } = parseSync(index, readFileSync(index, 'utf8'));
  return new Map(
    module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ exportName, moduleRequest, isType }) =>
        exportName.name !== null && moduleRequest && !isType
          ? [[exportName.name, join(dirname(index), moduleRequest.value)] as const]
          : [],
      ),
    ),
  );
}
