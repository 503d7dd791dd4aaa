import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { moduleImports } from './module-imports.ts';

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

/** A file of a package and all files of the package whose values it imports, directly or through others. */
export function reachableFiles(file: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const pending = [file];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    for (const { specifier, typeOnly } of moduleImports(next, readFileSync(next, 'utf8'))) {
      if (!typeOnly && specifier.startsWith('.')) pending.push(join(dirname(next), specifier));
    }
  }
  return reached;
}
