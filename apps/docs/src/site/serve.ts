// Serves the built site until interrupted, on port 4321 or `PORT`. If the port is in use, it takes a free one.
import { serveSite } from './serve-site.ts';

const port = Number(process.env['PORT'] ?? 4321);
const site = await serveSite(port).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  return serveSite();
});
console.log(`\nThe docs are at ${site.url}/   (Ctrl+C stops the server)`);
