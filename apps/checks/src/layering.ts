import { posix } from 'node:path';
import { moduleImports } from './module-imports.ts';

/** Some files of a package, and the layers they stand on. */
export interface Layer<Name extends string = string> {
  readonly name: Name;
  /** Files, or folders ending in `/`, as paths from `src`. A file named outright wins over its folder. */
  readonly files: readonly string[];
  /** The layers whose values it may import, besides its own and whatever those stand on in turn. */
  readonly on: readonly Name[];
}

/** The layer that a file belongs to. */
function layerOf(file: string, layers: readonly Layer[]): Layer | undefined {
  const named = layers.find(({ files }) => files.includes(file));
  return named ?? layers.find(({ files }) => files.some((folder) => folder.endsWith('/') && file.startsWith(folder)));
}

/**
 * What in a package breaks its layering, one sentence each.
 *
 * Values are imported downwards only; types may be imported from anywhere, because nothing of them is left at run time.
 *
 * @param sources  the text of each file, by its path from `src`
 */
export function layeringFaults(sources: ReadonlyMap<string, string>, layers: readonly Layer[]): readonly string[] {
  const faults: string[] = [];
  for (const [file, code] of sources) {
    const layer = layerOf(file, layers);
    if (!layer) {
      faults.push(`${file} is in no layer: name it in the table of layers.`);
      continue;
    }
    const below = standsOn(layer, layers);
    for (const { specifier, typeOnly } of moduleImports(file, code)) {
      if (typeOnly || !specifier.startsWith('.')) continue;
      const target = posix.join(posix.dirname(file), specifier);
      const targetLayer = layerOf(target, layers);
      if (!targetLayer) faults.push(`${file} imports ${target}, which is in no layer.`);
      else if (!below.has(targetLayer.name)) {
        faults.push(
          `${file} (${layer.name}) imports a value from ${target} (${targetLayer.name}), which it does not stand on.`,
        );
      }
    }
  }
  return faults;
}

/** The names of a layer and of every layer below it. */
function standsOn(layer: Layer, layers: readonly Layer[]): ReadonlySet<string> {
  const names = new Set<string>();
  const pending = [layer.name];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    if (names.has(name)) continue;
    names.add(name);
    pending.push(...(layers.find((other) => other.name === name)?.on ?? []));
  }
  return names;
}
