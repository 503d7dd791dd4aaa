import type { Page } from 'playwright-core';

/** Slows a page down as on a small phone: `cpu` times slower, with a network of so many megabits per second. */
export async function throttle(
  page: Page,
  { cpu = 1, megabits }: { readonly cpu?: number; readonly megabits?: number },
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  if (megabits === undefined) return;
  const bytesPerSecond = (megabits * 1e6) / 8;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond / 2,
  });
}
