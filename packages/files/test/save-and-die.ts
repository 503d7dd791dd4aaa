// Saves a file and kills itself in the middle: `save-and-die.ts atomic|plain PATH TEXT CALL`, before its CALL-th call to
// the file system; of a write, half is done by then. Ends by itself when there are fewer calls.
import fs, { closeSync, openSync, writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { writeFileAtomic } from '@nn/files/node';

const [, , way, path = '', text = '', last] = process.argv;
const bytes = new TextEncoder().encode(text);

const die = (): never => {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
};

const write = fs.writeSync;
const functions = fs as unknown as Record<string, unknown>;
let calls = 0;
for (const [name, value] of Object.entries(functions)) {
  if (typeof value !== 'function' || !name.endsWith('Sync')) continue;
  const call = value as (...parameters: unknown[]) => unknown;
  functions[name] = (...parameters: unknown[]): unknown => {
    calls++;
    if (calls === Number(last)) {
      if (name === 'writeSync') write(parameters[0] as number, bytes.subarray(0, bytes.length / 2));
      die();
    }
    return call(...parameters);
  };
}
syncBuiltinESMExports();

if (way === 'atomic') {
  writeFileAtomic(path, bytes);
} else {
  const file = openSync(path, 'w');
  writeSync(file, bytes);
  closeSync(file);
}
