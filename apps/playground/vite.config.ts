import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Writes a gzip copy of every file, for servers that send precompressed files. */
const precompress: Plugin = {
  name: 'precompress',
  writeBundle({ dir }) {
    for (const file of readdirSync(dir!, { recursive: true, encoding: 'utf8' })) {
      if (/\.(html|js|css)$/.test(file)) {
        writeFileSync(join(dir!, `${file}.gz`), gzipSync(readFileSync(join(dir!, file)), { level: 9 }));
      }
    }
  },
};

export default defineConfig({
  base: './',
  plugins: [precompress],
  // Resolves packages to their sources, so that nothing has to be built first.
  resolve: { conditions: ['@nn/source', 'module', 'browser', 'development|production'] },
  worker: { format: 'es' },
  build: { target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0, sourcemap: false },
});
