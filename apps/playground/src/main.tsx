import { render } from 'preact';
import { syncUrl, loadFromUrl } from './state/address.ts';
import './style.css';
import { App } from './ui/app.tsx';
import { listenToKeys } from './ui/keys.ts';
import { startDeferred } from './ui/deferred.tsx';

await loadFromUrl();
syncUrl();
listenToKeys();
// A separate task, so that a slow device can handle events before rendering.
setTimeout(() => {
  const app = document.getElementById('app')!;
  app.replaceChildren();
  render(<App />, app);
  startDeferred();
});
