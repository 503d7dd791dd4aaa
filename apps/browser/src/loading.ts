import type { Page } from 'playwright-core';

/** How a page loaded. */
export interface Loading {
  /** Largest contentful paint, in milliseconds after navigation starts. */
  readonly largestPaint: number;
  /** Total blocking time: the time of long tasks beyond 50 ms each, in milliseconds. */
  readonly blocking: number;
  /** Cumulative layout shift. */
  readonly shift: number;
  /** The tasks longer than 50 ms, in milliseconds. */
  readonly longTasks: readonly number[];
}

/**
 * Starts to measure a page. Call it before the page navigates.
 *
 * @returns a function that gives the measurements so far
 */
export async function measureLoading(page: Page): Promise<() => Promise<Loading>> {
  await page.addInitScript(() => {
    const seen = { largestPaint: 0, shift: 0, longTasks: [] as number[] };
    Object.assign(window, { seenLoading: seen });
    const observe = (type: string, take: (entry: PerformanceEntry) => void): void => {
      new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
    };
    observe('largest-contentful-paint', (entry) => (seen.largestPaint = entry.startTime));
    observe('longtask', (entry) => seen.longTasks.push(entry.duration));
    observe('layout-shift', (entry) => {
      const { value, hadRecentInput } = entry as unknown as { value: number; hadRecentInput: boolean };
      if (!hadRecentInput) seen.shift += value;
    });
  });
  return async () => {
    const seen = await page.evaluate(
      () => (window as unknown as { seenLoading: Omit<Loading, 'blocking'> }).seenLoading,
    );
    return { ...seen, blocking: seen.longTasks.reduce((sum, task) => sum + task - 50, 0) };
  };
}
