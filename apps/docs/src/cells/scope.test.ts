import { describe, expect, test } from 'vitest';
import { errorLine, PageScope } from './scope.ts';
import { show } from './show.ts';

function page(modules: Readonly<Record<string, () => Promise<unknown>>> = {}) {
  const lines: string[] = [];
  const scope = new PageScope({ modules, console: { log: (...values) => void lines.push(show(...values)) } });
  return {
    async run(...sources: string[]): Promise<readonly string[]> {
      lines.length = 0;
      await scope.run(sources);
      return [...lines];
    },
    lines,
  };
}

describe('the cells of a page', () => {
  test('see the names of the cells before them, including imports', async () => {
    const { run } = page({ numbers: async () => ({ seven: 7 }) });
    const first =
      "import { seven } from 'numbers';\nlet count = seven;\nfunction twice(x: number): number { return 2 * x; }";
    expect(await run(first, 'count += 1;\nconsole.log(twice(count), seven);')).toEqual(['16 7']);
  });

  test('can redeclare a name of an earlier cell', async () => {
    const { run } = page();
    expect(await run('const x = 1;', 'const x = 2;', 'console.log(x);')).toEqual(['2']);
  });

  test('run again from the first changed cell on', async () => {
    const { run } = page();
    const [first, second] = ["console.log('first');", "console.log('second');"];
    expect(await run(first, second)).toEqual(['first', 'second']);
    expect(await run(first, second)).toEqual(['second']);
    expect(await run(first)).toEqual(['first']);
    expect(await run(first, `${second} `)).toEqual(['second']);
    expect(await run(`${first} `, second)).toEqual(['first', 'second']);
  });

  test('support top-level await', async () => {
    const { run } = page();
    expect(await run('const x = await Promise.resolve(3);', 'console.log(x);')).toEqual(['3']);
  });

  test('keep the cells that ran before one that throws', async () => {
    const { run, lines } = page();
    await expect(run("console.log('one');", 'throw new Error("no");')).rejects.toThrow('no');
    expect(lines).toEqual(['one']);
    expect(await run("console.log('one');", "console.log('two');")).toEqual(['two']);
  });

  test('are strict code: an undeclared name is an error, not a global', async () => {
    const { run } = page();
    await expect(run('undeclared = 1;')).rejects.toThrow(ReferenceError);
  });

  test('list the available modules when one is unknown', async () => {
    const { run } = page({ '@nn/tensor': async () => ({}) });
    await expect(run("import { readFileSync } from 'node:fs';")).rejects.toThrow(
      "Cannot import 'node:fs' in a page: cells can import @nn/tensor.",
    );
    await expect(run("import { x } from 'toString';")).rejects.toThrow('Cannot import');
  });

  test('report the line of an error', async () => {
    const { run } = page();
    const error = await run('const x = 1;', 'const y = 2;\n\nnull.f();').catch((caught: unknown) => caught);
    expect(errorLine(error, 2)).toBe(3);
    expect(errorLine(error, 1)).toBeUndefined();
  });
});
