import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** A program as a bundler ships it. */
export interface Bundle {
  /** The code with names and line breaks as they were written. */
  readonly readable: string;
  /** How many bytes travel: minified, then gzip at its best. */
  readonly gzip: number;
}

/**
 * Bundles a program that imports built packages, as a user's bundler would.
 *
 * @param external  packages that are left out of it
 * @param folder    where its imports are looked for; here, unless told otherwise
 */
export async function bundle(
  program: string,
  external: readonly string[] = [],
  folder: string = join(import.meta.dirname, '..'),
): Promise<Bundle> {
  const [readable, small] = await Promise.all([
    write(program, external, folder, false),
    write(program, external, folder, true),
  ]);
  return { readable, gzip: gzipSync(small, { level: 9 }).length };
}

async function write(program: string, external: readonly string[], folder: string, minify: boolean): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: folder, loader: 'ts' },
    bundle: true,
    external: [...external],
    format: 'esm',
    target: 'es2023',
    platform: 'browser',
    write: false,
    minify,
    legalComments: 'none',
    logLevel: 'silent',
  });
  return outputFiles[0]!.text;
}

/** Which of some top-level names a bundle declares. */
export function declaredNames(code: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => new RegExp(`^(async )?(function\\*?|class|const|let|var) ${name}\\b`, 'm').test(code));
}
