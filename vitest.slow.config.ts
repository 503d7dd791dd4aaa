import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

// The slow tests: packing, installing, bundling, browsers. All other settings are those of vitest.config.ts.
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['packages/*/{src,test}/**/*.slow.test.ts', 'apps/*/{src,test}/**/*.slow.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Several test files build the same packages, so they run one after the other.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
