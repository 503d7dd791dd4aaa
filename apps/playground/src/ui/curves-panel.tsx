import { useSignal } from '@preact/signals';
import type { Report } from '../protocol.ts';
import { chartOf, nearest } from '../scene/chart.ts';
import { linePath } from '../scene/line-path.ts';
import type { MetricName } from '../state/history.ts';
import { networkNames } from '../state/names.ts';
import { accuracyName, countText, lossText, percentText } from '../state/sentences.ts';
import * as store from '../state/store.ts';
import { Panel } from './fields.tsx';

const box = { width: 320, height: 96 };

export function CurvesPanel() {
  void store.reported.value;
  const reports = store.history.shown;
  return (
    <Panel name="curves" title="Curves">
      <Curve title="Loss" reports={reports} metricNames={['loss', 'testLoss']} show={lossText} />
      <Curve
        title={accuracyName(store.settings.value)}
        reports={reports}
        metricNames={['accuracy', 'testAccuracy']}
        show={percentText}
        top={1}
      />
    </Panel>
  );
}

interface Line {
  readonly name: string;
  readonly network: number;
  readonly metricName: MetricName;
}

/** A chart of one metric over the epochs. Arrow keys move a cursor along it. */
function Curve({
  title,
  reports,
  metricNames,
  show,
  top,
}: {
  readonly title: string;
  readonly reports: readonly Report[];
  readonly metricNames: readonly [MetricName, MetricName];
  readonly show: (value: number) => string;
  readonly top?: number;
}) {
  const cursor = useSignal<number | undefined>(undefined);
  const last = reports.at(-1);
  const lines: Line[] = (last?.metrics ?? []).flatMap((metrics, network) =>
    metricNames
      .filter((metricName) => metrics[metricName] !== undefined)
      .map((metricName, test) => {
        const whose = last!.metrics.length > 1 ? `${networkNames[network]} ` : '';
        return { name: `${whose}${test ? 'test' : 'train'}`, network, metricName };
      }),
  );
  const values = (of: Line): readonly number[] =>
    reports.map(({ metrics }) => metrics[of.network]?.[of.metricName] ?? NaN);
  const finite = lines.flatMap((of) => values(of).filter(Number.isFinite));
  const chart = chartOf({
    ...box,
    from: reports[0]?.epoch ?? 0,
    to: last?.epoch ?? 1,
    max: finite.reduce((max, value) => Math.max(max, value), 0),
    ...(top !== undefined && { top }),
  });
  const at = Math.min(cursor.value ?? reports.length - 1, reports.length - 1);
  const shown = reports[at];
  const text = shown
    ? `Epoch ${countText(shown.epoch)}: ${lines.map((of) => `${of.name} ${show(values(of)[at]!)}`).join(', ')}`
    : 'No epoch yet';
  const move = (to: number): void => {
    cursor.value = to >= reports.length - 1 ? undefined : Math.max(0, to);
  };
  const path = (of: Line): string =>
    linePath(values(of).map((value, index) => [chart.toX(reports[index]!.epoch), chart.toY(value)]));
  return (
    <figure class="curve">
      <figcaption>
        <h3>{title}</h3>
        <output>{text}</output>
      </figcaption>
      <div class="plot">
        <ul class="ticks" aria-hidden="true">
          {chart.ticks.map((tick) => (
            <li key={tick}>{top === 1 ? `${tick * 100} %` : Number(tick.toPrecision(3))}</li>
          ))}
        </ul>
        <svg
          viewBox={`0 0 ${box.width} ${box.height}`}
          preserveAspectRatio="none"
          role="slider"
          tabIndex={0}
          aria-label={`${title} over the epochs`}
          aria-valuemin={0}
          aria-valuemax={Math.max(0, reports.length - 1)}
          aria-valuenow={Math.max(0, at)}
          aria-valuetext={text}
          onKeyDown={(event) => {
            const by = { ArrowLeft: -1, ArrowRight: 1, PageDown: -20, PageUp: 20, Home: -Infinity, End: Infinity }[
              event.key
            ];
            if (by === undefined) return;
            event.preventDefault();
            move(at + by);
          }}
          onPointerMove={({ currentTarget, offsetX }) => {
            const fraction = offsetX / currentTarget.clientWidth;
            const [from, to] = [reports[0]?.epoch ?? 0, last?.epoch ?? 0];
            move(
              nearest(
                reports.map(({ epoch }) => epoch),
                from + fraction * (to - from),
              ),
            );
          }}
          onPointerLeave={() => (cursor.value = undefined)}
          onBlur={() => (cursor.value = undefined)}
        >
          {chart.ticks.map((tick) => (
            <path key={tick} class="grid" d={`M0 ${chart.toY(tick)}H${box.width}`} />
          ))}
          {lines.map((of) => (
            <path key={of.name} class={`line network-${of.network} ${of.metricName}`} d={path(of)} />
          ))}
          {cursor.value !== undefined && shown && (
            <path class="cursor" d={`M${chart.toX(shown.epoch)} 0V${box.height}`} />
          )}
        </svg>
      </div>
    </figure>
  );
}
