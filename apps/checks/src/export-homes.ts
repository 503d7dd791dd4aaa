import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';

/** The file that each name comes from which a module hands on with `export { name } from './file.ts'`. */
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
