import type { ComponentChildren } from 'preact';
import { ControlsChart, OwnersChart } from './finding-charts.tsx';
import { FindingsLink } from './findings-link.tsx';
import { Glyph } from './glyph.tsx';
import { isOpenViolation, type Model } from './model.ts';
import { Regions } from './regions.tsx';
import { StandingBar } from './standing-bar.tsx';
import { counted, grouped, STANDING_WORDS, STANDINGS, WORST_FIRST } from './words.ts';

/** What there is, in numbers that lead to the rest. */
export function Summary({ model }: { readonly model: Model }) {
  const { report, counts, findings } = model;
  const open = findings.filter(isOpenViolation);
  const shownFor = {
    violation: { verdict: 'violation', exempt: 'no' },
    unknown: { verdict: 'unknown', exempt: 'no' },
    exempt: { exempt: 'only' },
  } as const;
  return (
    <section id="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">Summary</h2>
      <StandingBar counts={counts} class="wide" />
      <ul class="tiles">
        {STANDINGS.map((standing) => (
          <li key={standing} class={`tile tile-${standing}`}>
            <strong>{grouped(counts[standing])}</strong>
            <span>
              <Glyph kind={standing} />
              {standing === 'compliant' || counts[standing] === 0 ? (
                STANDING_WORDS[standing]
              ) : (
                <FindingsLink filter={shownFor[standing]}>{STANDING_WORDS[standing]}</FindingsLink>
              )}
            </span>
          </li>
        ))}
        <Tile count={report.idle.length} href="#idle" words="idle" />
        {report.scan === undefined && (
          <Tile count={report.remediations.length} href="#planned" words="planned remediations" />
        )}
      </ul>
      <p class="severities">
        <span>{counted(open.length, 'open violation')}</span>
        {WORST_FIRST.map((severity) => {
          const { length } = open.filter((finding) => finding.severity === severity);
          return (
            <FindingsLink
              key={severity}
              class={`badge tone-${severity}`}
              filter={{ severities: [severity], verdict: 'violation', exempt: 'no' }}
            >
              <Glyph kind={severity} />
              {grouped(length)} {severity}
            </FindingsLink>
          );
        })}
      </p>
      {open.length > 0 && (
        <div class="figures">
          <ControlsChart open={open} controls={model.controls} />
          <OwnersChart open={open} />
        </div>
      )}
      <Regions scan={report.scan} />
    </section>
  );
}

function Tile(props: {
  readonly count: number;
  readonly href: string;
  readonly words: ComponentChildren;
}) {
  return (
    <li class="tile">
      <strong>{grouped(props.count)}</strong>
      <span>{props.count === 0 ? props.words : <a href={props.href}>{props.words}</a>}</span>
    </li>
  );
}
