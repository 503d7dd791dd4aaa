import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { root } from './repository.ts';

/** An error that the compiler reports, or should report, for a line. */
interface Complaint {
  readonly file: string;
  readonly line: number;
  readonly text: string;
}

const mark = /^\s*\/\/ ✗ (?<text>.+)$/;

/** The errors that a file expects: a comment `// ✗ text` is about the line below it. */
function expectedComplaints(file: string, code: string): readonly Complaint[] {
  return code.split('\n').flatMap((line, index) => {
    const text = mark.exec(line)?.groups?.['text'];
    return text === undefined ? [] : [{ file, line: index + 2, text }];
  });
}

/** The errors that the compiler reports in a folder with a tsconfig.json, and which files of `within` it read. */
function compilerComplaints(
  folder: string,
  within: RegExp,
): { readonly files: readonly string[]; readonly complaints: readonly Complaint[] } {
  const compiler = join(root, 'node_modules/.bin/tsc');
  const { stdout, error } = spawnSync(compiler, ['-p', folder, '--pretty', 'false', '--listFiles'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (error) throw error;
  const lines = stdout.split('\n');
  return {
    files: lines.map((line) => relative(root, line)).filter((file) => within.test(file)),
    complaints: lines.flatMap((said) => {
      const found = /^(?<file>[^\s(][^(]*)\((?<line>\d+),\d+\): error TS\d+: (?<text>.*)$/.exec(said)?.groups;
      if (!found) return /error TS\d+/.test(said) ? [{ file: '', line: 0, text: said }] : [];
      return [
        { file: relative(root, resolve(root, found['file']!)), line: Number(found['line']), text: found['text']! },
      ];
    }),
  };
}

/** A sentence for each expected error that is missing, and for each error that is not expected. */
function complaintFaults(expected: readonly Complaint[], said: readonly Complaint[]): readonly string[] {
  const meets = (a: Complaint, b: Complaint): boolean =>
    a.file === b.file && a.line === b.line && b.text.includes(a.text);
  return [
    ...expected
      .filter((one) => !said.some((other) => meets(one, other)))
      .map(({ file, line, text }) => `${file}:${line} should fail with: ${text}`),
    ...said
      .filter((other) => !expected.some((one) => meets(one, other)))
      .map(({ file, line, text }) => `${file}:${line} should compile, but: ${text}`),
  ];
}

/** The faults of the files in a folder with a tsconfig.json, with the files and the number of expected errors. */
export function checkComplaints(
  folder: string,
  within: RegExp,
): { readonly files: readonly string[]; readonly expected: number; readonly faults: readonly string[] } {
  const { files, complaints } = compilerComplaints(folder, within);
  const expected = files.flatMap((file) => expectedComplaints(file, readFileSync(join(root, file), 'utf8')));
  return { files, expected: expected.length, faults: complaintFaults(expected, complaints) };
}
