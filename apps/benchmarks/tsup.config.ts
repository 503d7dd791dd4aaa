// The programs whose start is measured, as JavaScript: stripping their types would take place, and time, in their process.
import { defineConfig, type Options } from 'tsup';

const program: Options = {
  format: 'esm',
  target: 'es2023',
  platform: 'node',
  removeNodeProtocol: false,
  skipNodeModulesBundle: true,
  splitting: true,
  clean: true,
  silent: true,
};

export default defineConfig([
  { ...program, entry: ['src/cold-start/nn.ts'], outDir: 'dist' },
  // Below the packages that they import.
  { ...program, entry: ['peers/cold-jax.ts', 'peers/cold-tfjs.ts'], outDir: 'peers/dist' },
]);
