import { settingsSchema } from '../state/schema.ts';
import { accuracyName, countText, lossText, percentText } from '../state/sentences.ts';
import { networkNames, strideNames } from '../state/names.ts';
import * as store from '../state/store.ts';
import { back, play, reset, step } from '../state/workers.ts';
import { Choice, Range } from './fields.tsx';
import { Icon, type IconName } from './icon.tsx';
import { narrow } from './media.ts';

const speeds = settingsSchema.fields.speed.names;

export function Transport() {
  const { settings, running } = store;
  const { stride } = settings.value;
  return (
    <div class="transport" role="toolbar" aria-label="Training">
      <div class="buttons">
        <Action icon="reset" name="Reset" hint="Reset with the same seed (R)" run={reset} />
        <Action icon="dice" name="New seed" hint="Reset with new initial weights (N)" run={renew} />
        <Action icon="back" name="Back" hint={`One ${stride} back (,)`} run={() => back(stride)} />
        <button
          type="button"
          class="play"
          data-running={running.value}
          title="Train or pause (Space)"
          onClick={() => play(!running.value)}
        >
          <Icon name={running.value ? 'pause' : 'play'} />
          {running.value ? 'Pause' : 'Train'}
        </button>
        <Action icon="step" name="Step" hint={`One ${stride} forward (.)`} run={() => step(stride)} />
        {!narrow.value && <StrideChoice bare />}
      </div>
      {!narrow.value && <SpeedRange />}
      <Readings />
    </div>
  );
}

/** Selects the unit of one step. */
export function StrideChoice({ bare = false }: { readonly bare?: boolean }) {
  const { settings } = store;
  return (
    <Choice
      bare={bare}
      label="Step by"
      value={settings.value.stride}
      names={strideNames}
      choose={(stride) => store.change({ ...settings.value, stride })}
    />
  );
}

/** Selects the training speed. */
export function SpeedRange() {
  const { settings } = store;
  const { speed } = settings.value;
  return (
    <Range
      label="Speed"
      value={speeds.indexOf(speed)}
      min={0}
      max={speeds.length - 1}
      step={1}
      text={speed === 'max' ? 'maximum' : `${speed} ${speed === '1' ? 'epoch' : 'epochs'}/s`}
      choose={(at) => store.change({ ...settings.value, speed: speeds[at]! })}
    />
  );
}

function renew(): void {
  store.change({ ...store.settings.value, seed: store.newSeed() });
}

function Action({
  icon,
  name,
  hint,
  run,
}: {
  readonly icon: IconName;
  readonly name: string;
  readonly hint: string;
  readonly run: () => void;
}) {
  return (
    <button type="button" class="quiet" aria-label={name} title={hint} onClick={run}>
      <Icon name={icon} />
    </button>
  );
}

/** Placeholders until the first report. */
const unknown = { loss: NaN, accuracy: NaN, testLoss: undefined, testAccuracy: undefined };

/** The current epoch, losses and metrics. */
function Readings() {
  const report = store.latest.value;
  const metrics = report?.metrics ?? store.settings.value.networks.map(() => unknown);
  const several = metrics.length > 1;
  return (
    <dl class="readings">
      <div>
        <dt>Epoch</dt>
        <dd>{countText(report?.epoch ?? 0)}</dd>
      </div>
      {metrics.map(({ loss, accuracy, testLoss, testAccuracy }, at) => [
        <div key={`loss ${at}`}>
          <dt>Loss{several && ` ${networkNames[at]}`}</dt>
          <dd>{lossText(loss)}</dd>
          {testLoss !== undefined && <dd class="test">test {lossText(testLoss)}</dd>}
        </div>,
        <div key={`accuracy ${at}`}>
          <dt>
            {accuracyName(store.settings.value)}
            {several && ` ${networkNames[at]}`}
          </dt>
          <dd>{percentText(accuracy)}</dd>
          {testAccuracy !== undefined && <dd class="test">test {percentText(testAccuracy)}</dd>}
        </div>,
      ])}
      <div class="rate">
        <dt>Epochs/s</dt>
        <dd>{store.running.value && store.rate.value > 0 ? countText(store.rate.value) : '–'}</dd>
      </div>
    </dl>
  );
}
