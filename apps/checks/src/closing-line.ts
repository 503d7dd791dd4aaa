import type { Reporter, TestModule, TestRunEndReason } from 'vitest/node';
import { closingLine } from './counts.ts';

/**
 * A vitest reporter whose last line holds the counts and nothing else.
 *
 * A file that could not be collected, an error outside any test, an interrupted run and a run without tests count as failed.
 */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[], reason: TestRunEndReason): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      if (module.errors().length > 0) failed += 1;
      for (const suite of module.children.allSuites()) if (suite.errors().length > 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'skipped') skipped += 1;
        else failed += 1;
      }
    }
    if (failed === 0 && (reason !== 'passed' || passed + skipped === 0)) failed = 1;
    process.on('exit', () => {
      process.stdout.write(`\n${closingLine({ passed, failed, skipped })}\n`);
    });
  }
}
