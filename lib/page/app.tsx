import { Findings } from './findings.tsx';
import { Idle } from './idle.tsx';
import { Interfaces } from './interfaces.tsx';
import { Masthead } from './masthead.tsx';
import type { Model } from './model.ts';
import { Network } from './network.tsx';
import { NotSeen } from './not-seen.tsx';
import { Remainder } from './remainder.tsx';
import { Summary } from './summary.tsx';
import { Timeline } from './timeline.tsx';
import { useFilter } from './use-filter.ts';
import { Verdicts } from './verdicts.tsx';
import { grouped } from './words.ts';

/** The whole page. */
export function App({ model }: { readonly model: Model }) {
  const { filter, setFilter } = useFilter();
  return (
    <>
      <Masthead model={model} />
      <Contents model={model} />
      <main id="main" tabIndex={-1}>
        <NotSeen report={model.report} />
        <Summary model={model} />
        <Findings model={model} filter={filter} onFilter={setFilter} />
        <Network model={model} />
        <Interfaces interfaces={model.report.interfaces} />
        <Timeline timeline={model.report.scan?.timeline} />
        <Idle idle={model.report.idle} />
        <Remainder report={model.report} />
        <Verdicts model={model} />
      </main>
      <footer>
        <p>
          Made by lambda-vpc-guardrail. This file holds everything that it shows, loads nothing and
          sends nothing. It names functions, networks and people: share it with whom you would show
          the account. The licences of the libraries in it (Preact, Observable Plot, D3) are at the
          end of its source.
        </p>
      </footer>
    </>
  );
}

function Contents({ model: { report } }: { readonly model: Model }) {
  const { findings, scan, interfaces, idle } = report;
  const links: readonly (readonly [id: string, title: string, count: number | undefined])[] = [
    ['summary', 'Summary', undefined],
    ['findings', 'Findings', findings.length],
    ['network', 'Network', scan?.networks.length],
    ['interfaces', 'Interfaces', interfaces.reduce((sum, vpc) => sum + vpc.interfaces, 0)],
    ['timeline', 'Timeline', scan?.timeline?.length],
    ['idle', 'Idle', idle.length],
  ];
  return (
    <nav aria-label="Sections">
      <ul>
        {links.map(([id, title, count]) => (
          <li key={id}>
            <a href={`#${id}`}>
              {title}
              {count !== undefined && <span class="count"> {grouped(count)}</span>}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
