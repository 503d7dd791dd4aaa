import { root } from './repository.ts';
import { runCommand } from './run-command.ts';

/**
 * Builds all packages; what is already built is kept.
 *
 * @throws Error with what the build printed when it fails
 */
export function buildPackages(): void {
  const { code, printed } = runCommand('pnpm', ['run', 'build'], root);
  if (code !== 0) throw new Error(printed);
}
