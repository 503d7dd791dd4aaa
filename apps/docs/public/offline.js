// The service worker of the site. It precaches all files on the first visit, so that the site works offline.
// The build writes `offline-files.js`. When it changes, the browser fetches all files again in the background.
importScripts('/offline-files.js');

const { version, files } = self.offline;
const cacheName = `nn-docs-${version}`;

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll(files)));
});

self.addEventListener('activate', (event) => {
  const deleteOldCaches = async () => {
    const names = await caches.keys();
    await Promise.all(
      names.filter((name) => name.startsWith('nn-docs-') && name !== cacheName).map((name) => caches.delete(name)),
    );
    await self.clients.claim();
  };
  event.waitUntil(deleteOldCaches());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  event.respondWith(request.mode === 'navigate' ? networkFirst(request) : cacheFirst(request));
});

/** Pages keep their address when they change, so the network is tried first. */
async function networkFirst(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const cached = await caches.match(request, { ignoreSearch: true });
    if (cached === undefined) throw error;
    return cached;
  }
}

/** All other files have a hash in their name or are cached together with the pages. */
async function cacheFirst(request) {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}
