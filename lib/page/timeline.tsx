import { axisX, axisY, plot, rectY, ruleY } from '@observablehq/plot';
import { useCallback, useMemo } from 'preact/hooks';
import type { ReportedRemediation } from '../cli/report/report.ts';
import { Chart } from './chart.tsx';
import { binTimeline, EVENT_KINDS, type EventKind, happeningWords, kindOf } from './happenings.ts';
import { Paged } from './paged.tsx';
import { Reason } from './reason.tsx';
import { actorWords, counted, momentOf, nameOf } from './words.ts';

const KINDS = Object.keys(EVENT_KINDS) as readonly EventKind[];
const HEIGHT = 180;
const PAGE = 25;

/** What the guardrail did lately. */
export function Timeline(props: { readonly timeline: readonly ReportedRemediation[] | undefined }) {
  const { timeline } = props;
  return (
    <section id="timeline" aria-labelledby="timeline-title">
      <h2 id="timeline-title">Timeline</h2>
      {timeline === undefined && (
        <p class="nothing">The guardrail’s table was not read: what it did is not known here.</p>
      )}
      {timeline?.length === 0 && <p class="nothing">The guardrail’s table tells of nothing.</p>}
      {timeline !== undefined && timeline.length > 0 && <Story timeline={timeline} />}
    </section>
  );
}

function Story({ timeline }: { readonly timeline: readonly ReportedRemediation[] }) {
  const newestFirst = useMemo(() => timeline.toReversed(), [timeline]);
  return (
    <div class="card story">
      <TimelineChart timeline={timeline} />
      <Paged
        class="rows"
        items={newestFirst}
        size={PAGE}
        render={(one: ReportedRemediation) => (
          <li
            key={`${one.at} ${one.functionArn} ${one.event} ${one.remediation}`}
            class="row happening"
          >
            <time dateTime={one.at}>{momentOf(one.at)}</time>
            <span class={`kind kind-${kindOf(one.event)}`}>{happeningWords(one)}</span>
            <code>{nameOf(one.functionArn)}</code>
            <span class="reason">
              <Reason text={one.why} />
              {one.who !== undefined && (
                <span class="owner"> on account of {actorWords(one.who)}</span>
              )}
            </span>
          </li>
        )}
      />
    </div>
  );
}

function TimelineChart({ timeline }: { readonly timeline: readonly ReportedRemediation[] }) {
  const { bins, unit } = useMemo(() => binTimeline(timeline), [timeline]);
  const kinds = KINDS.filter((kind) => bins.some((bin) => bin.kind === kind));
  const draw = useCallback(
    (width: number) =>
      plot({
        width,
        height: HEIGHT,
        marginTop: 8,
        marginLeft: 32,
        marginRight: 24,
        style: { fontSize: '12px' },
        x: { type: 'utc', label: null },
        y: { label: null, grid: true, nice: true },
        color: { domain: KINDS, range: KINDS.map((kind) => `var(--kind-${kind})`) },
        marks: [
          axisX({ ticks: Math.ceil(width / 100), tickFormat: tickWords, label: null }),
          axisY({ ticks: 4, tickSize: 0, label: null }),
          rectY(bins, {
            x1: 'from',
            x2: 'to',
            y: 'count',
            fill: 'kind',
            order: [...KINDS],
            insetLeft: 0.5,
            insetRight: 0.5,
          }),
          ruleY([0]),
        ],
      }),
    [bins],
  );
  const totals = kinds.map((kind) => {
    const count = bins.reduce((sum, bin) => (bin.kind === kind ? sum + bin.count : sum), 0);
    return `${count} ${EVENT_KINDS[kind]}`;
  });
  return (
    <>
      <Chart
        title={`${counted(timeline.length, 'entry', 'entries')}, by ${unit} (UTC)`}
        words={`What the guardrail did, by ${unit}: ${totals.join(', ')}`}
        draw={draw}
      />
      <ul class="legend">
        {kinds.map((kind, index) => (
          <li key={kind} class={`kind kind-${kind}`}>
            {totals[index]}
          </li>
        ))}
      </ul>
    </>
  );
}

/** A day where one begins, else the hour. */
function tickWords(moment: Date): string {
  const iso = moment.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(5, 10) : iso.slice(11, 16);
}
