import { parseSync } from 'oxc-parser';

/** One `import`, `export … from` or `import()` of a module. */
export interface ModuleImport {
  readonly specifier: string;
  /** Written `import type` or `export type`: it does not exist at run time. */
  readonly typeOnly: boolean;
}

/**
 * The imports of a TypeScript module.
 *
 * @throws SyntaxError when the file cannot be parsed
 */
export function moduleImports(file: string, code: string): readonly ModuleImport[] {
  const { module, errors } = parseSync(file, code);
  const [error] = errors;
  if (error) throw new SyntaxError(`${file}: ${error.message}`);
  // `import { type A } from 'x'` still imports x at run time; only `import type` does not.
  const statementIsType = (start: number): boolean => /^(import|export)\s+type\b/.test(code.slice(start, start + 40));
  const imports = module.staticImports.map(({ start, moduleRequest }) => ({
    specifier: moduleRequest.value,
    typeOnly: statementIsType(start),
  }));
  const exports = module.staticExports.flatMap(({ start, entries }) => {
    const from = entries.find(({ moduleRequest }) => moduleRequest)?.moduleRequest;
    return from ? [{ specifier: from.value, typeOnly: statementIsType(start) }] : [];
  });
  const dynamic = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    specifier: code.slice(start, end).replace(/^['"`]|['"`]$/g, ''),
    typeOnly: false,
  }));
  return [...imports, ...exports, ...dynamic];
}
