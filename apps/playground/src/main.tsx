import { render } from 'preact';
import { followSettings, openAddress } from './state/address.ts';
import './style.css';
import { App } from './ui/app.tsx';
import { listenToKeys } from './ui/keys.ts';
import { letIn } from './ui/later.tsx';

await openAddress();
followSettings();
listenToKeys();
// A task of its own, so that a slow device answers in between.
setTimeout(() => {
  const app = document.getElementById('app')!;
  app.replaceChildren();
  render(<App />, app);
  letIn();
});
