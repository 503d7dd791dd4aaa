import { presets } from '../state/presets.ts';
import * as store from '../state/store.ts';
import { Icon } from './icon.tsx';
import { toggleTheme } from './theme.ts';

export function Header() {
  return (
    <header class="top">
      <h1>
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M5 6L12 12M5 18L12 12M12 12L19 6M12 12L19 18" />
          <circle cx="5" cy="6" r="2.5" />
          <circle cx="5" cy="18" r="2.5" />
          <circle cx="12" cy="12" r="3" />
          <circle cx="19" cy="6" r="2.5" />
          <circle cx="19" cy="18" r="2.5" />
        </svg>
        nn <span>playground</span>
      </h1>
      <select
        class="presets"
        aria-label="Open an example"
        value=""
        onChange={({ currentTarget }) => {
          const preset = presets[currentTarget.value];
          currentTarget.value = '';
          if (!preset) return;
          store.selected.value = 0;
          store.change({ ...preset.settings, speed: store.settings.value.speed });
          store.notice.value = { kind: 'info', title: preset.title, lines: [preset.hint] };
        }}
      >
        <option value="">Examples</option>
        {Object.entries(presets).map(([name, { title }]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <span class="spring" />
      <button type="button" class="quiet" aria-label="Copy link" onClick={() => void copyLink()}>
        <Icon name="link" />
        <span class="wide">Copy link</span>
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Keyboard shortcuts and help"
        title="Keyboard shortcuts and help (?)"
        onClick={() => (store.helpOpen.value = true)}
      >
        <Icon name="help" />
      </button>
      <button type="button" class="quiet" aria-label="Light or dark" title="Light or dark" onClick={toggleTheme}>
        <Icon name="theme" />
      </button>
    </header>
  );
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    store.notice.value = {
      kind: 'info',
      title: 'Link copied',
      lines: ['The link contains the network, the data and the seeds.'],
    };
  } catch {
    store.notice.value = {
      kind: 'info',
      title: 'The browser does not allow copying',
      lines: ['Copy the address of this page instead: it is the link.'],
    };
  }
}
