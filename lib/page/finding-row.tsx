import type { ComponentChildren } from 'preact';
import { AttachmentPlace } from './attachment-place.tsx';
import { Disclosure } from './disclosure.tsx';
import { Glyph, SeverityBadge } from './glyph.tsx';
import type { ListedFinding } from './model.ts';
import { Reason } from './reason.tsx';
import { actorWords, momentOf } from './words.ts';

/** One finding: what it comes to, and everything that is known of it once it is opened. */
export function FindingRow({ finding }: { readonly finding: ListedFinding }) {
  const { severity, name, owner, verdict, reason } = finding;
  return (
    <li>
      <Disclosure
        class="row finding"
        summary={
          <>
            <SeverityBadge severity={severity} />
            <span class="who">
              <code>{name}</code>
              {owner !== '' && <span class="owner">{owner}</span>}
            </span>
            <span class="reason">
              {verdict === 'unknown' && (
                <span class="badge tone-unknown">
                  <Glyph kind="unknown" />
                  unknown
                </span>
              )}
              <Reason text={reason} />
            </span>
            <Outcome finding={finding} />
          </>
        }
      >
        {() => <FindingDetails finding={finding} />}
      </Disclosure>
    </li>
  );
}

function Outcome({ finding }: { readonly finding: ListedFinding }) {
  const { exemption, outcome } = finding;
  if (exemption === undefined) return <span class="outcome">{outcome}</span>;
  return (
    <span class="outcome tone-exempt">
      <Glyph kind="exempt" />
      {outcome}
    </span>
  );
}

function FindingDetails({ finding }: { readonly finding: ListedFinding }) {
  const { attachment, baseline, actor, exemption, remediation, observedAt } = finding;
  const { id, eventId, functionArn, controlId, verdict, statement } = finding;
  const lines: readonly (readonly [string, ComponentChildren])[] = [
    ['Function', <code key="arn">{functionArn}</code>],
    ['Control', `${controlId}: ${verdict}`],
    ['Statement', statement && <code>{statement}</code>],
    ['Attachment', <AttachmentPlace key="now" attachment={attachment} />],
    ['Baseline', baseline && <AttachmentPlace attachment={baseline} />],
    ['Caused by', actor && actorWords(actor)],
    [
      'Exemption',
      exemption && `${exemption.reason}: ${exemption.owner}, until ${exemption.expires}`,
    ],
    ['Remediation', remediation],
    ['Observed', momentOf(observedAt)],
    ['CloudTrail event', eventId && <code>{eventId}</code>],
    ['Finding', <code key="id">{id}</code>],
  ];
  return (
    <dl class="details">
      {lines
        .filter(([, value]) => value !== undefined)
        .map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  );
}
