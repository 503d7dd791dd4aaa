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
          store.chosen.value = 0;
          store.change({ ...preset.settings, speed: store.settings.value.speed });
          store.notice.value = { kind: 'news', title: preset.title, lines: [preset.hint] };
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
      <button type="button" class="quiet" aria-label="Copy link" onClick={() => void share()}>
        <Icon name="link" />
        <span class="wide">Copy link</span>
      </button>
      <button
        type="button"
        class="quiet"
        aria-label="Keys and help"
        title="Keys and help (?)"
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

async function share(): Promise<void> {
  try {
    await navigator.clipboard.writeText(location.href);
    store.notice.value = {
      kind: 'news',
      title: 'Link copied',
      lines: ['It opens this network, this data and these seeds.'],
    };
  } catch {
    store.notice.value = {
      kind: 'news',
      title: 'The browser does not let the page copy',
      lines: ['The address of this page is the link: copy it from there.'],
    };
  }
}
