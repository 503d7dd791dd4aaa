import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { moduleImports } from './module-imports.ts';

/** A file, and all files of its package whose values it imports, directly or indirectly. */
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
