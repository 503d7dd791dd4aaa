import type { Page } from 'playwright-core';

/** The result of running a cell by its button. */
export interface CellRun {
  /** `good`: the output equals the recorded output; `bad`: it differs or the cell failed; `plain`: the code was edited. */
  readonly tone: string;
  readonly says: string;
  readonly printed: string;
  /** Time from the click to the result, in milliseconds. */
  readonly took: number;
}

/** Clicks Run of a cell, counted from 0, and waits for its result. */
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
