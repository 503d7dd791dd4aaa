import { measureLoading, type Loading, throttle, weigh, type Weight } from '@nn/browser';
import type { Browser } from 'playwright-core';

/** What comes with a page before its reader does anything, gzipped, in bytes. */
export async function firstWeight(browser: Browser, address: string): Promise<Weight> {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  try {
    const weighed = weigh(page);
    await page.goto(address, { waitUntil: 'networkidle' });
    return await weighed();
  } finally {
    await page.close();
  }
}

/** How a page comes up on a processor four times slower, over 1.6 megabits a second. */
export async function firstLoading(browser: Browser, address: string): Promise<Loading> {
  const page = await browser.newPage({ serviceWorkers: 'block' });
  try {
    await throttle(page, { cpu: 4, megabits: 1.6 });
    const loading = await measureLoading(page);
    await page.goto(address, { waitUntil: 'networkidle' });
    return await loading();
  } finally {
    await page.close();
  }
}
