// Saves one model after the other until it is killed: `save-forever.ts PATH atomic|plain`.
// Before the k-th save it prints `saving k`, after it `saved k`; the file holds the number k everywhere.
import { writeFileSync, writeSync } from 'node:fs';
import { encodeSafetensors } from '@nn/files';
import { saveSafetensors } from '@nn/files/node';
import { full } from '@nn/tensor';

const [, , path = '', way] = process.argv;
for (let k = 1; k < 10_000; k++) {
  const tensors = { weight: full([1000, 500], k) };
  writeSync(1, `saving ${k}\n`);
  if (way === 'atomic') saveSafetensors(path, tensors);
  else writeFileSync(path, encodeSafetensors(tensors));
  writeSync(1, `saved ${k}\n`);
}
