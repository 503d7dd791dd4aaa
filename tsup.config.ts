// The one build preset: every package is built with `tsup --config ../../tsup.config.ts`.
// The doors are read from the package's own exports map, so that a new door is named in one place only.
import { readFileSync } from 'node:fs';
import { defineConfig } from 'tsup';

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

export default defineConfig({
  entry: [...new Set([...doors, ...commands].map((file) => file.replace(/^\.\//, '')))],
  format: 'esm',
  target: 'es2023',
  platform: 'node',
  removeNodeProtocol: false,
  dts: false,
  clean: true,
  splitting: true,
  treeshake: false,
  sourcemap: true,
  esbuildOptions(options) {
    // Constants stand where they are used: the numbers of WebAssembly's instructions travel without their names.
    options.minifySyntax = true;
  },
  silent: true,
});
