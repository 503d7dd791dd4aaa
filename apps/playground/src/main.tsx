import { render } from 'preact';
import { followSettings, openAddress } from './state/address.ts';
import './style.css';
import { App } from './ui/app.tsx';
import { listenToKeys } from './ui/keys.ts';

await openAddress();
followSettings();
listenToKeys();
render(<App />, document.getElementById('app')!);
