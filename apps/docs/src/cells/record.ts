// Writes the recorded output of every cell: what Node prints when it runs the file. `pnpm --filter @nn/docs run record`.
// The tests compare the cells of the notebook with what the notebook printed, so that a wrong recording does not pass.
import { execFileSync } from 'node:child_process';
import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

for (const file of globSync('cells/*/*.ts', { cwd: join(import.meta.dirname, '../..') })) {
  const path = join(import.meta.dirname, '../..', file);
  const printed = execFileSync(process.execPath, ['--conditions=@nn/source', path], { encoding: 'utf8' });
  writeFileSync(path.replace(/\.ts$/, '.out'), printed);
  console.log(file);
}
