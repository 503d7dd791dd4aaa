import { spawnSync } from 'node:child_process';

/** What a command printed, and its exit code. */
export interface Outcome {
  readonly code: number | null;
  readonly printed: string;
}

/** Runs a command in a folder and waits until it ends. */
export function runCommand(command: string, settings: readonly string[], folder: string): Outcome {
  const { status, stdout, stderr, error } = spawnSync(command, settings, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 240_000,
    env: { ...process.env, NO_COLOR: '1', TURBO_TELEMETRY_DISABLED: '1', NODE_OPTIONS: '' },
  });
  return { code: status, printed: `${stdout}${stderr}${error?.message ?? ''}` };
}
