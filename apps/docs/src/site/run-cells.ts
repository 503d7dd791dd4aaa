import type { Page } from 'playwright-core';

/** How a cell of a page ran by its button. */
export interface CellRun {
  /** `good`: it printed what is recorded; `bad`: it did not, or failed; `plain`: it had been changed. */
  readonly tone: string;
  readonly says: string;
  readonly printed: string;
  /** From the click to the answer, in milliseconds. */
  readonly took: number;
}

/** Presses Run of a cell, counted from 0, and waits for what it says. */
export async function runCell(page: Page, at: number): Promise<CellRun> {
  return page.evaluate(async (index) => {
    const cell = document.querySelectorAll('nn-cell')[index]!;
    const live = cell.querySelector<HTMLElement>('[data-part="live"]')!;
    live.hidden = true;
    const began = performance.now();
    const ended = new Promise<void>((resolve) => {
      const check = (): void => {
        if (!live.hidden && !cell.hasAttribute('running')) resolve();
      };
      new MutationObserver(check).observe(cell, { subtree: true, attributes: true, childList: true });
    });
    cell.querySelector<HTMLButtonElement>('[data-part="run"]')!.click();
    await ended;
    return {
      tone: live.dataset['tone'] ?? '',
      says: live.querySelector('p')!.textContent,
      printed: live.querySelector('pre')!.textContent,
      took: performance.now() - began,
    };
  }, at);
}
