import { defineConfig } from 'vite';

export default defineConfig({
  base: './',
  // The packages are read from their sources: nothing has to be built before.
  resolve: { conditions: ['@nn/source', 'module', 'browser', 'development|production'] },
  worker: { format: 'es' },
  build: { target: 'es2023', modulePreload: { polyfill: false }, assetsInlineLimit: 0, sourcemap: false },
});
