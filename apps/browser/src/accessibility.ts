import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** Runs axe on the page as it is now: one line for each rule and each element that breaks it. */
export async function accessibilityViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(`if (!window.axe) { ${axe.source} }`);
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: { run(on: Node, options: RunOptions): Promise<AxeResults> } };
    const { violations } = await checker.run(document, { resultTypes: ['violations'] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${help} (${target.join(' ')})\n${failureSummary ?? ''}`),
    );
  });
}
