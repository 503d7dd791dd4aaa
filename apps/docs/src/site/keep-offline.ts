/** Registers the service worker a few seconds after loading, unless the browser asks to save data. */
export function keepOffline(): void {
  const { connection, serviceWorker } = navigator as Navigator & {
    readonly connection?: { readonly saveData: boolean };
  };
  if (serviceWorker === undefined || connection?.saveData === true) return;
  // Without a service worker the page works online only.
  const register = (): void => void serviceWorker.register('/offline.js').catch(() => undefined);
  addEventListener('load', () => setTimeout(register, 3000));
}
