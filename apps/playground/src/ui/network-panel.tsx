import { useEffect, useMemo } from 'preact/hooks';
import { layoutNetwork, type LayerScene } from '../scene/network-scene.ts';
import { classCount, dataFacts, outputActivation, layerSizes } from '../state/data-kinds.ts';
import { activationNames, networkNames, outputNames, initializerNames } from '../state/names.ts';
import { layerSchema, networkSchema, type NetworkSettings } from '../state/schema.ts';
import * as store from '../state/store.ts';
import { sendToPainter } from '../state/workers.ts';
import { Choice, Panel, Segments, Stepper } from './fields.tsx';
import { Icon } from './icon.tsx';
import { coarse, narrow } from './media.ts';
import { useWidth } from './measured.ts';
import { NeuronCard } from './neuron-card.tsx';
import { Neurons } from './neurons.tsx';
import { Painted } from './painted.tsx';

export function NetworkPanel() {
  const { settings, network, selected } = store;
  const { data, networks } = settings.value;
  const { layers, start } = network.value;
  return (
    <Panel name="network" title="Network" actions={<Networks />}>
      <div class="row">
        <button
          type="button"
          class="framed"
          disabled={layers.length >= networkSchema.fields.layers.maxLength}
          onClick={() => changeLayers([...layers, layers.at(-1) ?? layerSchema.fallback])}
        >
          <Icon name="plus" /> Layer
        </button>
        <Choice
          label="Initializer"
          value={start}
          names={initializerNames}
          choose={(next) => store.changeNetwork({ start: next })}
        />
        {dataFacts[data.kind].task === 'classification' && (
          <Choice
            label="Output activation"
            value={outputActivation(data, network.value)}
            names={outputNames}
            choose={(output) => store.changeNetwork({ output })}
          />
        )}
      </div>
      <Diagram key={`${selected.value} of ${networks.length}`} />
      <NeuronCard />
    </Panel>
  );
}

/** Selects the network to edit, and adds or removes a second one. */
function Networks() {
  const { settings, selected } = store;
  const { networks } = settings.value;
  if (networks.length === 1) {
    return (
      <button
        type="button"
        class="quiet"
        title="Train a second network on the same data"
        onClick={() => {
          store.change({ ...settings.value, networks: [networks[0]!, networks[0]!] });
          selected.value = 1;
        }}
      >
        <Icon name="plus" /> Compare
      </button>
    );
  }
  return (
    <div class="compare">
      <Segments
        label="Network"
        value={networkNames[selected.value]!}
        names={networkNames.map((name) => [name, name])}
        choose={(name) => (selected.value = networkNames.indexOf(name))}
      />
      <button
        type="button"
        class="quiet"
        aria-label={`Remove network ${networkNames[selected.value]}`}
        title={`Remove network ${networkNames[selected.value]}`}
        onClick={() => store.change({ ...settings.value, networks: networks.filter((_, at) => at !== selected.value) })}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function changeLayers(layers: NetworkSettings['layers']): void {
  store.changeNetwork({ layers });
}

/** The network drawing, with the controls of each layer above it. */
function Diagram() {
  const { settings, network, selected } = store;
  const { data } = settings.value;
  const [ref, width] = useWidth<HTMLDivElement>();
  const widths = layerSizes(data, network.value);
  const shape = widths.join(' ');
  const [large, small] = [coarse.value, narrow.value];
  const scene = useMemo(
    () =>
      layoutNetwork(widths, {
        width,
        height: small ? 300 : 380,
        minTile: large ? 44 : 24,
        minColumn: large ? 164 : 124,
      }),
    [shape, width, large, small],
  );
  useEffect(() => {
    if (width > 0) sendToPainter({ type: 'scene', network: selected.value, scene });
  }, [scene]);
  return (
    <div class="diagram" ref={ref} tabIndex={-1}>
      {width > 0 && (
        <div class="sheet" style={{ width: `${scene.width}px` }}>
          <div class="columns">
            {scene.layers.map((layer, at) => (
              <Column key={at} at={at} layer={layer} last={at === scene.layers.length - 1} />
            ))}
          </div>
          <div class="drawing" style={{ height: `${scene.height}px` }}>
            <Painted kind="network" network={selected.value} />
            <Inputs layer={scene.layers[0]!} />
            <Neurons scene={scene} />
          </div>
        </div>
      )}
    </div>
  );
}

function Inputs({ layer }: { readonly layer: LayerScene }) {
  const names = layer.neurons.length === 1 ? ['x'] : ['x₁', 'x₂'];
  return layer.neurons.map(({ x, y }, at) => (
    <span key={at} class="input-name" style={{ left: `${x - layer.tile / 2}px`, top: `${y}px` }}>
      {names[at]}
    </span>
  ));
}

function Column({ at, layer, last }: { readonly at: number; readonly layer: LayerScene; readonly last: boolean }) {
  const { data } = store.settings.value;
  const { layers } = store.network.value;
  const style = { width: `${layer.width}px` };
  if (at === 0) {
    return (
      <div class="column edge" style={style}>
        Input
      </div>
    );
  }
  const own = layers[at - 1];
  if (last || !own) {
    return (
      <div class="column edge" style={style}>
        Output
        <small>{classCount(data) === 1 ? 'regression' : `${classCount(data)} classes`}</small>
      </div>
    );
  }
  const change = (next: Partial<typeof own>): void =>
    changeLayers(layers.map((each, other) => (other === at - 1 ? { ...each, ...next } : each)));
  return (
    <div class="column" style={style} role="group" aria-label={`Layer ${at}`}>
      <div class="name">
        Layer {at}
        <button
          type="button"
          class="quiet small"
          aria-label={`Remove layer ${at}`}
          title={`Remove layer ${at}`}
          onClick={() => changeLayers(layers.filter((_, other) => other !== at - 1))}
        >
          <Icon name="close" />
        </button>
      </div>
      <Stepper
        label={`neurons of layer ${at}`}
        value={own.neurons}
        min={layerSchema.fields.neurons.min}
        max={layerSchema.fields.neurons.max}
        choose={(neurons) => change({ neurons })}
      />
      <Choice
        bare
        label={`Activation of layer ${at}`}
        value={own.activation}
        names={activationNames}
        choose={(activation) => change({ activation })}
      />
    </div>
  );
}
