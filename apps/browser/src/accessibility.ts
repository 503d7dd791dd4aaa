import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

/** Finds what axe finds on a page as it stands: one line per rule and place that breaks it. */
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
