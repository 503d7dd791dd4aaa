/** Once a page has come up, the site is fetched for reading without a network, unless the reader saves data. */
export function keepOffline(): void {
  const { connection, serviceWorker } = navigator as Navigator & {
    readonly connection?: { readonly saveData: boolean };
  };
  if (serviceWorker === undefined || connection?.saveData === true) return;
  // A page that cannot be kept is a page all the same.
  const register = (): void => void serviceWorker.register('/offline.js').catch(() => undefined);
  addEventListener('load', () => setTimeout(register, 3000));
}
