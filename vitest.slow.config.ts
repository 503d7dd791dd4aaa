import { mergeConfig } from 'vitest/config';
import base from './vitest.config.ts';

// What only CI waits for: packing, installing elsewhere, bundling.
export default mergeConfig(base, {
  test: {
    include: ['packages/*/test/**/*.slow.test.ts', 'apps/*/{src,test}/**/*.slow.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
