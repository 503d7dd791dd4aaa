import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../../..');
const peers = join(import.meta.dirname, '../peers');

/** Builds the packages, for what is measured is what users get, and the programs whose start is measured. */
export function buildPackages(): void {
  const settings = ['turbo', 'run', 'build', '--filter=@nn/benchmarks', '--output-logs=errors-only'];
  const { status, printed } = run(['exec', ...settings], repository);
  if (status !== 0) throw new Error(`The packages cannot be built:\n${printed}`);
}

/**
 * Installs the JavaScript peers where that has not been done, or other versions of them are asked for by now. When it
 * fails the peers are absent, each for its own reason, and the rest is measured.
 */
export function installPeers(say: (text: string) => void): void {
  const wanted = readFileSync(join(peers, 'pnpm-lock.yaml'), 'utf8');
  const installed = join(peers, 'node_modules/.pnpm/lock.yaml');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  say('Installing the peers into apps/benchmarks/peers, about 400 MB, once …');
  const { status, printed } = run(['install', '--frozen-lockfile'], peers);
  if (status !== 0) say(`That failed, so they will be missing: ${printed.trim().split('\n').at(-1)}`);
}

function run(words: readonly string[], folder: string): { readonly status: number | null; readonly printed: string } {
  const { status, stdout, stderr, error } = spawnSync('pnpm', words, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 300_000,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  });
  return { status, printed: `${stdout}${stderr}${error?.message ?? ''}` };
}
