// Runs `changeset status` since the last release: the last commit that changed a changelog, or the first commit while
// nothing is released. It needs no branch or remote of a certain name.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './repository.ts';

function commits(...settings: string[]): readonly string[] {
  const { status, stdout, stderr } = spawnSync('git', ['rev-list', ...settings], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`Cannot read the history: ${stderr}`);
  return stdout.trim().split('\n').filter(Boolean);
}

const [release] = commits('--max-count=1', 'HEAD', '--', 'packages/*/CHANGELOG.md');
const base = release ?? commits('--max-parents=0', 'HEAD').at(-1);
const changeset = join(root, 'node_modules/.bin/changeset');
const { status } = spawnSync(changeset, ['status', `--since=${base}`], { cwd: root, stdio: 'inherit' });
process.exitCode = status ?? 1;
