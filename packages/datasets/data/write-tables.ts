// Packs the CSV files of this folder into src/tables: `pnpm --filter @nn/datasets tables`.
import { readFileSync, writeFileSync } from 'node:fs';
import { encode, moduleOf, tables } from './encode.ts';

for (const { csv, module, name } of tables) {
  const text = readFileSync(new URL(csv, import.meta.url), 'utf8');
  writeFileSync(new URL(`../src/tables/${module}`, import.meta.url), moduleOf(name, csv, encode(text)));
}
