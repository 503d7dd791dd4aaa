import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

/** A program after bundling. */
export interface Bundle {
  /** The code with its names and line breaks. */
  readonly readable: string;
  /** Bytes after minifying and gzip at level 9. */
  readonly gzip: number;
}

/**
 * Bundles a program that imports built packages with Vite, as our own apps are.
 *
 * @param folder    the folder from which its imports are resolved
 * @param external  packages that are left out
 */
export async function bundle(program: string, folder: string, external: readonly string[] = []): Promise<Bundle> {
  const [readable, small] = await Promise.all([
    write(program, external, folder, false),
    write(program, external, folder, true),
  ]);
  return { readable, gzip: gzipSync(small, { level: 9 }).length };
}

async function write(program: string, external: readonly string[], folder: string, minify: boolean): Promise<string> {
  const entry = join(folder, 'program.ts');
  const built = (await build({
    configFile: false,
    root: folder,
    logLevel: 'silent',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? program : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2023',
      minify,
      modulePreload: false,
      rolldownOptions: { input: entry, external: [...external] },
    },
  })) as Rolldown.RolldownOutput;
  return built.output.map((part) => (part.type === 'chunk' ? part.code : '')).join('');
}

/** Which of some top-level names a bundle declares. */
export function declaredNames(code: string, names: readonly string[]): readonly string[] {
  return names.filter((name) => new RegExp(`^(async )?(function\\*?|class|const|let|var) ${name}\\b`, 'm').test(code));
}
