import { defineConfig } from 'vitest/config';
import { ClosingLine } from './apps/checks/src/closing-line.ts';

// Tests import the sources of every package, never a build.
const conditions = ['@nn/source'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    environment: 'node',
    include: ['packages/*/{src,test}/**/*.test.ts', 'apps/*/{src,test}/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/*.slow.test.ts'],
    reporters: ['default', new ClosingLine()],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    benchmark: { include: ['packages/*/{src,bench}/**/*.bench.ts', 'apps/*/{src,bench}/**/*.bench.ts'] },
  },
});
