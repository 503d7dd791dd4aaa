import { spawnSync } from 'node:child_process';

/** A ```ts block of a Markdown file, and the ```text block after it, if there is one: what the code prints. */
export interface ReadmeExample {
  /** The line of the file where the block starts; the first line is 1. */
  readonly line: number;
  readonly code: string;
  readonly printed: string | undefined;
}

export function readmeExamples(markdown: string): readonly ReadmeExample[] {
  const blocks = [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1]!,
    text: match[2]!,
    start: match.index,
    end: match.index + match[0].length,
  }));
  return blocks.flatMap(({ language, text, start, end }, at) => {
    if (language !== 'ts') return [];
    const next = blocks[at + 1];
    // A text block belongs to the code before it when no heading stands between them.
    const belongs = next?.language === 'text' && !/^#/m.test(markdown.slice(end, next.start));
    return [
      { line: markdown.slice(0, start).split('\n').length, code: text, printed: belongs ? next.text : undefined },
    ];
  });
}

/**
 * Runs an example as a Node program in a folder.
 *
 * @param conditions  export conditions: `@nn/source` reads the sources of the packages; without it, their builds
 * @returns undefined when it exits with 0 and prints what it says, else what is wrong
 */
export function readmeFault(
  { code, printed }: ReadmeExample,
  folder: string,
  conditions: readonly string[] = [],
): string | undefined {
  const settings = conditions.map((condition) => `--conditions=${condition}`);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module-typescript', ...settings, '-'],
    { cwd: folder, input: code, encoding: 'utf8', timeout: 60_000, env: { ...process.env, NODE_OPTIONS: '' } },
  );
  if (status !== 0) return `exits with ${status ?? 'no status'}:\n${stderr}`;
  if (printed !== undefined && stdout.trimEnd() !== printed.trimEnd()) return `prints\n${stdout}\nand not\n${printed}`;
  return undefined;
}
