import { compileFunction } from 'node:vm';
import { stripTypeScriptTypes } from 'node:module';
import { inspect } from 'node:util';
import { parseSync } from 'oxc-parser';

/** One `@example` of a docstring. */
export interface Example {
  /** The line of the file where the example starts; the first line is 1. */
  readonly line: number;
  /** The statements before the last expression. */
  readonly statements: string;
  readonly expression: string;
  /** The text after `//`, or undefined when there is none. */
  readonly printed: string | undefined;
}

/**
 * The `@example`s in the docstrings of a file.
 *
 * The result of the last expression is written after `//`. A line break in it is written `\n`, or as a further comment
 * line.
 */
export function docstringExamples(file: string, code: string): readonly Example[] {
  const { comments, errors } = parseSync(file, code);
  if (errors[0]) throw new SyntaxError(`${file}: ${errors[0].message}`);
  return comments
    .filter(({ type, value }) => type === 'Block' && value.startsWith('*'))
    .flatMap(({ start, value }) => {
      const firstLine = code.slice(0, start).split('\n').length;
      const lines = value.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
      return lines.flatMap((line, at) => {
        if (!/^@example\b/.test(line)) return [];
        const rest = lines.slice(at + 1);
        const end = rest.findIndex((other) => /^@\w/.test(other));
        const body = [line.replace(/^@example\s*/, ''), ...rest.slice(0, end < 0 ? rest.length : end)];
        return [readExample(body, firstLine + at)];
      });
    });
}

function readExample(lines: readonly string[], line: number): Example {
  const code = lines.join('\n').trimEnd();
  const { program, comments } = parseSync('example.ts', code);
  const last = program.body.at(-1);
  const start = last?.start ?? 0;
  const end = last?.end ?? code.length;
  const printed = comments.filter((comment) => comment.start >= end).map(({ value }) => value.replace(/^ /, ''));
  return {
    line,
    statements: code.slice(0, start),
    expression: code.slice(start, end).replace(/;$/, ''),
    printed: printed.length > 0 ? printed.join('\n').replaceAll('\\n', '\n').trim() : undefined,
  };
}

/**
 * Runs an example with the given names in scope.
 *
 * @returns undefined when the result is the expected one, else what is wrong, in one sentence
 */
export async function exampleFault(
  { statements, expression, printed }: Example,
  scope: Readonly<Record<string, unknown>>,
): Promise<string | undefined> {
  if (printed === undefined) return `${expression} does not say what it gives: add \`// value\`.`;
  let value: unknown;
  try {
    const code = stripTypeScriptTypes(`(async () => {\n${statements}\nreturn (\n${expression}\n);\n})`);
    const run = compileFunction(`return ${code}();`, Object.keys(scope)) as (...values: unknown[]) => unknown;
    value = await run(...Object.values(scope));
  } catch (error) {
    return `${expression} throws ${String(error)}`;
  }
  // The expected text may be that of String or of console.log.
  const texts = [textOf(value), inspect(value)];
  return texts.includes(printed) ? undefined : `${expression} gives\n${texts[0]}\nand not\n${printed}`;
}

function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return inspect(value);
  }
}
