import { measureLoading, type Loading, throttle, weigh, type Weight } from '@nn/browser';
import type { Browser } from 'playwright-core';

/** The transfer size of a page before any interaction, in bytes, gzipped. */
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

/** The loading metrics of a page with a 4 times slower CPU and 1.6 Mbit/s. */
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
