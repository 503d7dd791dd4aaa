import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

// What only CI waits for: packing, installing elsewhere, bundling. The rest is as in vitest.config.ts.
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['packages/*/{src,test}/**/*.slow.test.ts', 'apps/*/{src,test}/**/*.slow.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Several of them build the same packages.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
