// Saves a file and kills itself on the way: `save-and-die.ts atomic|plain PATH TEXT CALL`. It dies before its CALL-th call
// to the file system, or in the middle of that call if it is a write. It ends by itself when there are fewer calls.
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
  const { native } = value as { readonly native?: typeof value };
  const call = (native ?? value) as (...parameters: unknown[]) => unknown;
  const counted = (...parameters: unknown[]): unknown => {
    calls++;
    if (calls === Number(last)) {
      if (name === 'writeSync') write(parameters[0] as number, bytes.subarray(0, bytes.length / 2));
      die();
    }
    return call(...parameters);
  };
  // realpathSync.native is the same call.
  functions[name] = Object.assign(counted, { native: counted });
}
syncBuiltinESMExports();

if (way === 'atomic') {
  writeFileAtomic(path, bytes);
} else {
  const file = openSync(path, 'w');
  writeSync(file, bytes);
  closeSync(file);
}
