import { useEffect } from 'preact/hooks';
import { classColorsOf, css } from '../painter/palette.ts';
import { classCount, dataFacts } from '../state/data-kinds.ts';
import { networkNames } from '../state/names.ts';
import { accuracyName, percentText } from '../state/sentences.ts';
import * as store from '../state/store.ts';
import { sendToPainter } from '../state/workers.ts';
import { Panel } from './fields.tsx';
import { markPaths } from '../painter/mark-path.ts';
import { useWidth } from './measured.ts';
import { layerName } from './neurons.tsx';
import { Painted } from './painted.tsx';
import { dark } from './theme.ts';

export function OutputPanel() {
  const { networks } = store.settings.value;
  return (
    <Panel name="output" title="Output">
      <div class="outputs">
        {networks.map((_, at) => (
          <Picture key={`${at} of ${networks.length}`} network={at} several={networks.length > 1} />
        ))}
      </div>
      <Legend />
    </Panel>
  );
}

function Picture({ network, several }: { readonly network: number; readonly several: boolean }) {
  const [ref, width] = useWidth<HTMLDivElement>();
  useEffect(() => {
    if (width > 0) sendToPainter({ type: 'size', network, size: width });
  }, [width]);
  const inspected = store.inspected.value;
  const neuron = inspected?.network === network ? inspected : undefined;
  return (
    <figure>
      <div class="picture" ref={ref} role="img" aria-label={description(network)}>
        <Painted kind="output" network={network} />
        {neuron && (
          <span class="tag">
            {layerName(neuron.layer)} · neuron {neuron.neuron + 1}
          </span>
        )}
      </div>
      {several && <figcaption>Network {networkNames[network]}</figcaption>}
    </figure>
  );
}

/** The text alternative of a picture. */
function description(network: number): string {
  const { value: settings } = store.settings;
  const { title, task, inputs } = dataFacts[settings.data.kind];
  const metrics = store.latest.value?.metrics[network];
  const what =
    task === 'classification'
      ? `Decision regions of ${classCount(settings.data)} classes`
      : inputs === 1
        ? 'The prediction curve of the network'
        : 'The predictions of the network over the input plane';
  const how = metrics ? ` ${accuracyName(settings)}: ${percentText(metrics.accuracy)}.` : '';
  return `${what}, with the points of the data set ${title}.${how}`;
}

function Legend() {
  const { data } = store.settings.value;
  const { task, inputs } = dataFacts[data.kind];
  const colors = classColorsOf({ dark: dark.value });
  return (
    <ul class="legend">
      {inputs === 1 ? (
        <li>dots: data; line: prediction</li>
      ) : task === 'regression' ? (
        <li class="scale">
          <span>−1</span>
          <i />
          <span>1</span>
        </li>
      ) : (
        Array.from({ length: classCount(data) }, (_, label) => (
          <li key={label}>
            <svg viewBox="-1.2 -1.2 2.4 2.4" aria-hidden="true">
              <path d={markPaths[label]} fill={css(colors[label]!)} />
            </svg>
            class {label}
          </li>
        ))
      )}
      {data.test > 0 && <li class="hollow">hollow: test data</li>}
    </ul>
  );
}
