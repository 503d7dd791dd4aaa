// The one build preset: every package is built with `tsup --config ../../tsup.config.ts`.
// The doors are read from the package's own exports map, so that a new door is named in one place only.
import { readFileSync } from 'node:fs';
import remapping, { type SourceMapInput } from '@jridgewell/remapping';
import type { MagicString } from 'magic-string';
import { defineConfig, type Options } from 'tsup';
import { calledAtOnce } from './apps/checks/src/called-at-once.ts';
import { eagerFunctions } from './apps/checks/src/eager-functions.ts';
import { withoutComments } from './apps/checks/src/without-comments.ts';

type Plugin = NonNullable<Options['esbuildPlugins']>[number];
type ChunkPlugin = NonNullable<Options['plugins']>[number];

interface Manifest {
  readonly exports?: Record<string, string | Record<string, string>>;
  readonly bin?: Record<string, string>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

const doors = Object.values(manifest.exports ?? {}).flatMap((door) =>
  typeof door === 'object' && door['@nn/source'] !== undefined ? [door['@nn/source']] : [],
);
const commands = Object.values(manifest.bin ?? {}).map((file) =>
  file.replace(/^(\.\/)?dist\//, 'src/').replace(/\.js$/, '.ts'),
);

// Workers are named by their files, as imports are: `./worker.ts` in the sources, `./worker.js` in what is built.
const fileNames: Plugin = {
  name: 'file names in new URL',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/(new URL\('\.\/[^']+)\.ts(', import\.meta\.url\))/g, '$1.js$2'),
      loader: 'ts',
    })),
};

const eager = calledAtOnce(process.cwd());

/** Changes what ESBuild writes, step by step, and has the map to the sources follow. */
const rewriting = (...steps: readonly ((code: string) => MagicString)[]): ChunkPlugin => ({
  name: 'rewriting',
  renderChunk(code, { map }) {
    let now = code;
    const maps = [map as SourceMapInput];
    for (const step of steps) {
      const text = step(now);
      now = text.toString();
      maps.unshift(text.generateMap({ hires: true }) as SourceMapInput);
    }
    return { code: now, map: remapping(maps, () => null).toString() };
  },
});

const entries = [...new Set([...doors, ...commands].map((file) => file.replace(/^\.\//, '')))];
const isWorker = (file: string): boolean => file.endsWith('/worker.ts');

const preset: Options = {
  format: 'esm',
  target: 'es2023',
  platform: 'node',
  removeNodeProtocol: false,
  dts: false,
  treeshake: false,
  esbuildPlugins: [fileNames],
  sourcemap: true,
  esbuildOptions(options) {
    // Constants stand where they are used: the numbers of WebAssembly's instructions travel without their names.
    options.minifySyntax = true;
  },
  silent: true,
};

// A worker shares no modules with whoever starts it, so it shares no files either: every file more takes time to load.
let othersAreBuilt = (): void => {};
const others = new Promise<void>((resolve) => {
  othersAreBuilt = resolve;
});

export default defineConfig([
  {
    ...preset,
    entry: entries.filter((file) => !isWorker(file)),
    clean: true,
    splitting: true,
    plugins: [
      rewriting((code) => eagerFunctions(code, eager), withoutComments),
      { name: 'then workers', buildEnd: () => othersAreBuilt() },
    ],
  },
  ...entries.filter(isWorker).map((file): Options => ({
    ...preset,
    entry: { [file.replace(/^src\/|\.ts$/g, '')]: file },
    splitting: false,
    plugins: [rewriting(withoutComments), { name: 'after all else', buildStart: () => others }],
  })),
]);
