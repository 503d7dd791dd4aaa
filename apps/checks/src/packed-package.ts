import { join } from 'node:path';
import { root, type WorkspacePackage } from './repository.ts';
import { type Outcome, runCommand } from './run-command.ts';

/** Packs a package as it would be published, and returns the path of the tarball. */
export function pack({ folder, manifest }: WorkspacePackage, into: string): string {
  const { code, printed } = runCommand('pnpm', ['pack', '--pack-destination', into], folder);
  if (code !== 0) throw new Error(`Cannot pack ${manifest.name}:\n${printed}`);
  return join(into, `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`);
}

/** Runs `publint --strict` on a tarball. */
export function publint(tarball: string): Outcome {
  return runCommand(tool('publint'), ['run', tarball, '--strict'], root);
}

/** Runs `attw` on the types in a tarball, for ESM only. */
export function areTheTypesWrong(tarball: string): Outcome {
  return runCommand(tool('attw'), [tarball, '--profile', 'esm-only', '--no-emoji'], root);
}

function tool(name: string): string {
  return join(import.meta.dirname, '../node_modules/.bin', name);
}
