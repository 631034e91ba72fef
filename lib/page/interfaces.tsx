import { axisX, axisY, barX, plot, text } from '@observablehq/plot';
import { useCallback, useMemo } from 'preact/hooks';
import type { InterfaceReport } from '../../functions/core/interface-report.ts';
import { Chart } from './chart.tsx';
import { Disclosure } from './disclosure.tsx';
import { InterfaceGauge } from './interface-gauge.tsx';
import { Paged } from './paged.tsx';
import { counted, grouped } from './words.ts';

const MOST_BARS = 12;
const ROW_HEIGHT = 24;
const FEW_VPCS = 3;

/** Who shares the network interfaces of each VPC, and what room is left. */
export function Interfaces(props: { readonly interfaces: readonly InterfaceReport[] }) {
  const { interfaces } = props;
  const fullestFirst = interfaces.toSorted((left, right) => fullness(right) - fullness(left));
  return (
    <section id="interfaces" aria-labelledby="interfaces-title">
      <h2 id="interfaces-title">Network interfaces</h2>
      {interfaces.length === 0 ? (
        <p class="nothing">No function needs any.</p>
      ) : (
        <Paged
          class="vpc-list"
          items={fullestFirst}
          render={(report: InterfaceReport) => (
            <li key={report.vpcId}>
              <Disclosure
                class="card"
                startsOpen={interfaces.length <= FEW_VPCS}
                summary={
                  <>
                    <h3>
                      <code>{report.vpcId}</code>
                    </h3>
                    <InterfaceGauge report={report} />
                  </>
                }
              >
                {() => <Sharing report={report} />}
              </Disclosure>
            </li>
          )}
        />
      )}
    </section>
  );
}

function Sharing({ report }: { readonly report: InterfaceReport }) {
  const { couldShare } = report;
  return (
    <>
      <SharingChart report={report} />
      {couldShare.length > 0 && (
        <p>
          <strong>Fewer interfaces are needed</strong> if these had the security groups of the
          others in their subnets:{' '}
          {couldShare.map((name) => (
            <code key={name} class="pill">
              {name}
            </code>
          ))}
        </p>
      )}
    </>
  );
}

function SharingChart({ report }: { readonly report: InterfaceReport }) {
  const { bars, rest } = useMemo(() => toBars(report), [report]);
  const draw = useCallback(
    (width: number) =>
      plot({
        width,
        height: bars.length * ROW_HEIGHT + 8,
        marginLeft: width > 620 ? 360 : 150,
        marginRight: 40,
        marginTop: 4,
        marginBottom: 4,
        style: { fontSize: '12px' },
        x: { label: null, axis: null },
        y: { label: null, domain: bars.map(({ key }) => key) },
        marks: [
          axisY({
            tickSize: 0,
            label: null,
            fontFamily: 'var(--mono)',
            tickFormat: (key: string) => (width > 620 ? key : shorten(key)),
          }),
          axisX({ ticks: 0, tickSize: 0, label: null }),
          barX(bars, {
            x: 'functions',
            y: 'key',
            fill: 'var(--accent-fill)',
            insetTop: 4,
            insetBottom: 4,
          }),
          text(bars, { x: 'functions', y: 'key', text: 'words', dx: 6, textAnchor: 'start' }),
        ],
      }),
    [bars],
  );
  const more = rest === 0 ? '' : `; ${grouped(rest)} with fewer are not drawn`;
  const words = bars.map((bar) => `${bar.key}: ${counted(bar.functions, 'function')}`).join('; ');
  return <Chart title={`Functions that share an interface${more}`} words={words} draw={draw} />;
}

function toBars({ subnets }: InterfaceReport) {
  const all = subnets
    .flatMap(({ subnetId, sets }) =>
      sets.map(({ securityGroupIds, functions }) => {
        const [first = '', ...others] = securityGroupIds;
        const groups = others.length === 0 ? first : `${first} +${others.length}`;
        return { key: `${subnetId} ${groups}`, functions, words: grouped(functions) };
      }),
    )
    .toSorted((left, right) => right.functions - left.functions);
  return { bars: all.slice(0, MOST_BARS), rest: Math.max(0, all.length - MOST_BARS) };
}

function shorten(key: string): string {
  const [subnet = '', group = '', more = ''] = key.split(' ');
  return `…${subnet.slice(-5)} · …${group.slice(-5)} ${more}`.trim();
}

function fullness({ interfaces, quota }: InterfaceReport): number {
  return quota === undefined ? 0 : interfaces / quota;
}
