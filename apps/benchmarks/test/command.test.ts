import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

function bench(...words: string[]): { readonly code: number | null; readonly out: string; readonly errors: string } {
  const main = join(import.meta.dirname, '../src/main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--conditions=@nn/source', main, ...words], {
    encoding: 'utf8',
    timeout: 50_000,
  });
  return { code: status, out: stdout, errors: stderr };
}

test('a wrong option ends with code 2 and a message, before anything is built or measured', () => {
  expect(bench('--qick')).toEqual({
    code: 2,
    out: '',
    errors: `Unknown option '--qick'\n"pnpm bench --help" lists the options.\n`,
  });
});

test('--list names every workload, the cold start, the bundle and every pattern', () => {
  const { code, out } = bench('--list');
  expect(code).toBe(0);
  for (const name of ['matmul-64', 'spiral-adam', 'inference', 'cold-start', 'bundle'])
    expect(out).toContain(`\n${name} `.trimStart());
  for (const name of ['sum/float64', 'any-late/bool']) expect(out).toContain(` patterns/${name}\n`);
});

test('--help shows every option', () => {
  const { code, out } = bench('--help');
  expect(code).toBe(0);
  for (const option of ['--only', '--rounds', '--turn', '--quick', '--save', '--list']) expect(out).toContain(option);
});
