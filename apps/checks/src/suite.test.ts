import { describe, expect, test } from 'vitest';
import { runSuite, type Suite } from './suite.ts';

const silent = (): void => undefined;
const suite = (code: string, counts?: true): Suite => ({
  name: 'planted',
  command: [process.execPath, '--eval', code],
  ...(counts && { counts }),
});

describe('a suite', () => {
  test('that exits with 0 counts as one passed check', async () => {
    expect(await runSuite(suite('console.log(1)'), silent)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  });

  test('that exits with an error counts as one failed check', async () => {
    expect(await runSuite(suite('process.exit(3)'), silent)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('that cannot start counts as one failed check, and says so', async () => {
    let shown = '';
    const missing: Suite = { name: 'planted', command: ['no-such-program-anywhere'] };
    const counts = await runSuite(missing, (text) => {
      shown += text;
    });
    expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(shown).toContain('planted could not be started');
  });

  test('with a closing line gives the counts of that line', async () => {
    const said = suite("console.log('5 passed, 0 failed, 2 skipped')", true);
    expect(await runSuite(said, silent)).toEqual({ passed: 5, failed: 0, skipped: 2 });
  });

  test('without the closing line that it should print has failed', async () => {
    expect(await runSuite(suite("console.log('fine')", true), silent)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('that reports no failure but exits with an error has one failure', async () => {
    const said = suite("console.log('5 passed, 0 failed'); process.exitCode = 1;", true);
    expect(await runSuite(said, silent)).toEqual({ passed: 5, failed: 1, skipped: 0 });
  });
});
