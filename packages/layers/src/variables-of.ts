import type { NamedVariables, Variable } from '@nn/tensor';
import { isLayer, type LayerFunction } from './layer.ts';

/** The variables of a layer that is made of layers. */
export interface VariablesOf {
  readonly parameters: NamedVariables;
  readonly buffers: NamedVariables;
}

/**
 * The variables of layers inside a layer. Each name is the name of the part, a dot, and the name there. A variable that
 * occurs twice counts once, with its first name.
 *
 * @param caller  the layer, for the message
 * @param parts   the layers inside with their names; plain functions have no variables
 * @throws TypeError when two variables would have one name
 */
export function variablesOf(
  caller: string,
  parts: readonly (readonly [name: string, part: LayerFunction])[],
): VariablesOf {
  const names = new Set<string>();
  const gathered = (kind: 'parameters' | 'buffers'): NamedVariables => {
    const variables = new Map<Variable, string>();
    for (const [part, layer] of parts) {
      for (const [name, variable] of Object.entries(isLayer(layer) ? layer[kind] : {})) {
        if (variables.has(variable)) continue;
        const full = `${part}.${name}`;
        if (names.has(full)) {
          throw new TypeError(`${caller}: two variables would be called '${full}'. Give each layer a name of its own.`);
        }
        names.add(full);
        variables.set(variable, full);
      }
    }
    return Object.fromEntries([...variables].map(([variable, name]) => [name, variable]));
  };
  return { parameters: gathered('parameters'), buffers: gathered('buffers') };
}
