import { transform } from 'sucrase';

/** A cell as JavaScript, and the modules that it imports. */
export interface StrippedCell {
  readonly code: string;
  readonly imports: readonly string[];
}

const importStatement = /^import\s+(\{[^}]*\}|\*\s+as\s+[\w$]+)\s+from\s+(['"])([^'"\n]+)\2;?/gm;

/**
 * A cell without its types, its imports written as constants: `import { a as b } from 'm'` becomes
 * `const { a: b } = modules['m']`, on the same lines. An import is a binding like any other then, which later cells see.
 *
 * @throws SyntaxError when the text is no TypeScript, or holds an import of another form
 * @example stripTypes("import { relu } from '@nn/activations';").imports   // ['@nn/activations']
 */
export function stripTypes(source: string): StrippedCell {
  // Imports that only types use are left out by sucrase; those that later cells use must stay.
  const { code } = transform(source, {
    transforms: ['typescript'],
    keepUnusedImports: true,
    disableESTransforms: true,
  });
  const imports: string[] = [];
  const stripped = code.replace(importStatement, (_statement, names: string, _quote, from: string) => {
    imports.push(from);
    const taken = names.startsWith('*') ? names.replace(/^\*\s+as\s+/, '') : names.replace(/\bas\b/g, ':');
    return `const ${taken} = modules[${JSON.stringify(from)}];`;
  });
  if (/^(import|export)\b/m.test(stripped)) {
    throw new SyntaxError("A cell takes imports of the form import { name } from '@nn/…', and no exports.");
  }
  return { code: stripped, imports };
}
