// Saves models one after the other until it is killed: `save-forever.ts PATH`.
// Prints `saving k` before the k-th save and `saved k` after it; every number in the file is k.
import { writeSync } from 'node:fs';
import { encodeSafetensors } from '@nn/files';
import { writeFileAtomic } from '@nn/files/node';
import { full } from '@nn/tensor';

const path = process.argv[2] ?? '';
for (let k = 1; k < 10_000; k++) {
  const bytes = encodeSafetensors({ weight: full([1000, 2000], k) });
  writeSync(1, `saving ${k}\n`);
  writeFileAtomic(path, bytes);
  writeSync(1, `saved ${k}\n`);
}
