import { CurvesPanel } from './curves-panel.tsx';
import { DataPanel } from './data-panel.tsx';
import { Header } from './header.tsx';
import { HelpSheet } from './help-sheet.tsx';
import { Deferred } from './deferred.tsx';
import { narrow } from './media.ts';
import { NetworkPanel } from './network-panel.tsx';
import { Notices } from './notices.tsx';
import { OutputPanel } from './output-panel.tsx';
import { Segments } from './fields.tsx';
import * as store from '../state/store.ts';
import { tab, tabs } from './tabs.ts';
import { TrainingPanel } from './training-panel.tsx';
import { Transport } from './transport.tsx';

export function App() {
  const two = store.settings.value.networks.length > 1;
  return (
    <>
      <Header />
      <Notices />
      <main class={two ? 'two' : ''} data-tab={narrow.value ? tab.value : undefined}>
        <Transport />
        {narrow.value && (
          <Segments
            label="Panels"
            value={tab.value}
            names={tabs.map(({ name, title }) => [name, title])}
            choose={(name) => (tab.value = name)}
          />
        )}
        <div class="side">
          <Deferred turn={2} of={DataPanel} />
          <Deferred turn={4} of={TrainingPanel} />
        </div>
        <Deferred turn={3} of={NetworkPanel} />
        <div class="side">
          <Deferred turn={1} of={OutputPanel} />
          <Deferred turn={5} of={CurvesPanel} />
        </div>
      </main>
      <HelpSheet />
    </>
  );
}
