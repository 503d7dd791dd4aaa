// Runs every cell with Node and records its output: `pnpm --filter @nn/docs run record`. The tests compare the recorded output
// of notebook cells with the stored output of the notebook, so a wrong recording fails.
import { execFileSync } from 'node:child_process';
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

for (const file of globSync('cells/*/*.ts', { cwd: join(import.meta.dirname, '../..') })) {
  const path = join(import.meta.dirname, '../..', file);
  const printed = execFileSync(process.execPath, ['--conditions=@nn/source', path], { encoding: 'utf8' });
  writeFileSync(path.replace(/\.ts$/, '.out'), printed);
  console.log(file);
}
