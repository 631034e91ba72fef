import { axisX, axisY, barX, plot } from '@observablehq/plot';
import { useCallback, useMemo } from 'preact/hooks';
import { Chart } from './chart.tsx';
import { groupBy, type ListedFinding, type Model } from './model.ts';
import { WORST_FIRST } from './words.ts';

const MOST_BARS = 10;
const MOST_LETTERS = 40;
const ROW_HEIGHT = 26;
const TONES = WORST_FIRST.map((severity) => `var(--${severity}-fill)`);

interface Bar {
  readonly label: string;
  readonly severity: string;
  readonly count: number;
}

/** Open violations by control. */
export function ControlsChart(props: {
  readonly open: readonly ListedFinding[];
  readonly controls: Model['controls'];
}) {
  const { open, controls } = props;
  const titleOf = useCallback(
    (id: string, isWide: boolean) => {
      const title = controls.get(id)?.title;
      return isWide && title !== undefined ? `${id}  ${shorten(title)}` : id;
    },
    [controls],
  );
  return (
    <BarsChart
      title="Open violations by control"
      open={open}
      keyOf={controlOf}
      titleOf={titleOf}
      wideMargin={330}
      narrowMargin={60}
    />
  );
}

/** Open violations by whoever owns the functions. */
export function OwnersChart({ open }: { readonly open: readonly ListedFinding[] }) {
  if (open.every(({ owner }) => owner === '')) return undefined;
  return (
    <BarsChart
      title="Open violations by owner"
      open={open}
      keyOf={ownerOf}
      titleOf={shorten}
      wideMargin={110}
      narrowMargin={110}
    />
  );
}

function BarsChart(props: {
  readonly title: string;
  readonly open: readonly ListedFinding[];
  readonly keyOf: (finding: ListedFinding) => string;
  readonly titleOf: (key: string, isWide: boolean) => string;
  readonly wideMargin: number;
  readonly narrowMargin: number;
}) {
  const { title, open, keyOf, titleOf, wideMargin, narrowMargin } = props;
  const { keys, bars, rest } = useMemo(() => toBars(open, keyOf), [open, keyOf]);
  const draw = useCallback(
    (width: number) => {
      const isWide = width > 560;
      return plot({
        width,
        height: keys.length * ROW_HEIGHT + 30,
        marginLeft: isWide ? wideMargin : narrowMargin,
        marginTop: 4,
        style: { fontSize: '12px' },
        x: { label: null, grid: true },
        y: { label: null, domain: keys },
        color: { domain: WORST_FIRST, range: TONES },
        marks: [
          axisX({ anchor: 'bottom', ticks: 4, tickFormat: wholeOnly, tickSize: 0, label: null }),
          axisY({ tickSize: 0, tickFormat: (key: string) => titleOf(key, isWide), label: null }),
          barX(bars, {
            x: 'count',
            y: 'label',
            fill: 'severity',
            order: [...WORST_FIRST],
            insetTop: 3,
            insetBottom: 3,
            title: ({ label, severity, count }: Bar) => `${label}: ${count} ${severity}`,
          }),
        ],
      });
    },
    [keys, bars, titleOf, wideMargin, narrowMargin],
  );
  const more = rest === 0 ? '' : `; and ${rest} more, not drawn`;
  const words = keys.map((key) => `${key}: ${wordsOf(key, bars)}`).join('; ');
  return <Chart title={`${title}${more}`} words={`${title}. ${words}`} draw={draw} />;
}

function toBars(open: readonly ListedFinding[], keyOf: (finding: ListedFinding) => string) {
  const groups = [...groupBy(open, keyOf)].toSorted(
    ([, left], [, right]) => right.length - left.length,
  );
  const drawn = groups.slice(0, MOST_BARS);
  const bars = drawn.flatMap(([label, own]): readonly Bar[] =>
    [...groupBy(own, ({ severity }) => severity)].map(([severity, { length }]) => {
      return { label, severity, count: length };
    }),
  );
  return { keys: drawn.map(([key]) => key), bars, rest: groups.length - drawn.length };
}

function wordsOf(key: string, bars: readonly Bar[]): string {
  const own = bars.filter(({ label }) => label === key);
  return own.map(({ severity, count }) => `${count} ${severity}`).join(', ');
}

function controlOf({ controlId }: ListedFinding): string {
  return controlId;
}

function ownerOf({ owner }: ListedFinding): string {
  return owner === '' ? 'nobody known' : owner;
}

function wholeOnly(value: number): string {
  return Number.isInteger(value) ? String(value) : '';
}

function shorten(title: string): string {
  return title.length > MOST_LETTERS ? `${title.slice(0, MOST_LETTERS - 1)}…` : title;
}
