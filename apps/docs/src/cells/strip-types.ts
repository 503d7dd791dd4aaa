import { transform } from 'sucrase';

/** The JavaScript of a cell and the modules that it imports. */
export interface StrippedCell {
  readonly code: string;
  readonly imports: readonly string[];
}

const importStatement = /^import\s+(\{[^}]*\}|\*\s+as\s+[\w$]+)\s+from\s+(['"])([^'"\n]+)\2;?/gm;

/**
 * Strips the types of a cell and turns its imports into constants: `import { a as b } from 'm'` becomes
 * `const { a: b } = modules['m']`, on the same lines. Later cells see these constants like any other binding.
 *
 * @throws SyntaxError when the text is not valid TypeScript or has an import of another form
 * @example stripTypes("import { relu } from '@nn/activations';").imports   // ['@nn/activations']
 */
export function stripTypes(source: string): StrippedCell {
  // Sucrase drops type imports. Unused value imports stay, because later cells may use them.
  const { code } = transform(source, {
    transforms: ['typescript'],
    keepUnusedImports: true,
    disableESTransforms: true,
  });
  const imports: string[] = [];
  const stripped = code.replace(importStatement, (_statement, names: string, _quote, from: string) => {
    imports.push(from);
    const bound = names.startsWith('*') ? names.replace(/^\*\s+as\s+/, '') : names.replace(/\bas\b/g, ':');
    return `const ${bound} = modules[${JSON.stringify(from)}];`;
  });
  if (/^(import|export)\b/m.test(stripped)) {
    throw new SyntaxError("A cell can only use imports of the form import { name } from '@nn/…', and no exports.");
  }
  return { code: stripped, imports };
}
