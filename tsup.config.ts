// The one build preset: every package is built with `tsup --config ../../tsup.config.ts`.
// The entry points come from the package's own exports map and its commands, so each is named in one place only.
import { readFileSync } from 'node:fs';
import { defineConfig, type Options } from 'tsup';

interface Manifest {
  readonly exports?: Record<string, string | Record<string, string>>;
  readonly bin?: Record<string, string>;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

const modules = Object.values(manifest.exports ?? {}).flatMap((entry) =>
  typeof entry === 'object' && entry['@nn/source'] !== undefined ? [entry['@nn/source']] : [],
);
const commands = Object.values(manifest.bin ?? {}).map((file) =>
  file.replace(/^(\.\/)?dist\//, 'src/').replace(/\.js$/, '.ts'),
);

// esbuild rewrites the file names of imports, but not those of workers: `new URL('./worker.ts', import.meta.url)`.
const workerFiles: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'worker files',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replace(/(new URL\('\.\/[^']+)\.ts(', import\.meta\.url\))/g, '$1.js$2'),
      loader: 'ts',
    })),
};

export default defineConfig({
  entry: [...new Set([...modules, ...commands].map((file) => file.replace(/^\.\//, '')))],
  format: 'esm',
  target: 'es2023',
  platform: 'node',
  removeNodeProtocol: false,
  splitting: true,
  treeshake: false,
  clean: true,
  // `tsc` writes the declarations.
  dts: false,
  sourcemap: true,
  esbuildPlugins: [workerFiles],
  silent: true,
});
