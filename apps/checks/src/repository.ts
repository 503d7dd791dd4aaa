import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** The root folder of the repository. */
export const root: string = join(import.meta.dirname, '../../..');

/** What the checks read of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly type?: string;
  readonly sideEffects?: boolean;
  readonly exports?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly engines?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** A package of the workspace: its folder and its package.json. */
export interface WorkspacePackage {
  /** The name of its folder: `tensor` of `@nn/tensor`. */
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** The packages that are published: every folder in `packages`. */
export function publishedPackages(repository: string = root): readonly WorkspacePackage[] {
  return readdirSync(join(repository, 'packages'))
    .toSorted()
    .map((name) => ({ name, folder: join(repository, 'packages', name) }))
    .filter(({ folder }) => existsSync(join(folder, 'package.json')))
    .map(({ name, folder }) => ({ name, folder, manifest: readManifest(folder) }));
}

/** An entry point of a package: what a user imports, and its source file. */
export interface EntryPoint {
  readonly specifier: string;
  readonly source: string;
}

export function entryPointsOf({ folder, manifest }: WorkspacePackage): readonly EntryPoint[] {
  return Object.entries(manifest.exports ?? {}).flatMap(([path, target]) => {
    const source = typeof target === 'object' ? target['@nn/source'] : undefined;
    return source === undefined ? [] : [{ specifier: join(manifest.name, path), source: join(folder, source) }];
  });
}

/** The TypeScript files in a folder and its subfolders, as sorted relative paths. */
export function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .toSorted();
}

/** Whether a file is a test or a benchmark, which is not published. */
export function isTest(file: string): boolean {
  return /\.(test|test-d|bench)\.tsx?$/.test(file);
}
