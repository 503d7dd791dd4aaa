// Serves the built site until it is interrupted. `PORT` chooses another port than 4321; a free one is taken if it is not.
import { serveSite } from './serve-site.ts';

const usual = Number(process.env['PORT'] ?? 4321);
const site = await serveSite(usual).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  return serveSite();
});
console.log(`\nThe docs are at ${site.url}/   (Ctrl+C ends it)`);
