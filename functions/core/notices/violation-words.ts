import { describeActor } from '../actor.ts';
import { type Beginning, groupByBeginning } from '../beginning.ts';
import type { ChangeKind } from '../change-event.ts';
import { CONTROLS } from '../controls/registry.ts';
import { type Look, violationsOf } from '../look.ts';
import { bounded } from '../quote.ts';
import type { OpenViolation } from '../record.ts';
import { moment, sentence, whereItIs } from './frame-notice.ts';

/** What people do about each of the violated controls. */
export function fixes({ controlIds }: OpenViolation): readonly string[] {
  return CONTROLS.filter(({ id }) => controlIds.includes(id)).map(({ fix }) => fix);
}

/** Where a function is, how that came about, and what each control says of it. */
export function whatHappened(look: Look, violation: OpenViolation): readonly string[] {
  return [
    whereItIs(look),
    ...howItBegan(violation),
    ...violationsOf(look.findings).map(({ controlId, verdict }) =>
      sentence(`${controlId}: ${verdict.reason}`),
    ),
    ...whatIsExempt(look),
  ];
}

/** Nothing is done about it, and yet it is so. */
function whatIsExempt({ findings }: Look): readonly string[] {
  return findings.flatMap(({ controlId, verdict, exemption }) =>
    exemption === undefined || verdict.status !== 'violation'
      ? []
      : [
          sentence(
            `${controlId}, exempt until ${exemption.expires} (${exemption.owner} answers for it): ${verdict.reason}`,
          ),
        ],
  );
}

/** Who made which control say no, where they did not do so together. */
function howItBegan(violation: OpenViolation): readonly string[] {
  const groups = groupByBeginning(violation);
  return groups.map((group) => {
    const { controlIds } = group;
    const isOfCreate = controlIds.some((id) => violation.causes[id] === 'create');
    const how = howBegun(group, isOfCreate ? 'Created' : 'Changed');
    return groups.length === 1 ? how : `${controlIds.join(', ')}: ${lowerFirst(how)}`;
  });
}

const CALLS: Readonly<Partial<Record<ChangeKind, string>>> = {
  create: 'Created',
  configuration: 'Changed',
  code: 'Published',
  version: 'Published',
  alias: 'Put behind an alias',
};

function howBegun({ atMs, actor, eventId, call, after }: Beginning, otherwise: string): string {
  const at = moment(atMs);
  if (after !== undefined) {
    return `It was found so at ${at}, after a change of ${bounded(after.resourceId)} (CloudTrail event ${after.eventId}); nobody changed the function.`;
  }
  if (actor === undefined) return `It was found so at ${at}; no event tells who did it.`;
  const what = (call && CALLS[call]) ?? otherwise;
  return `${what} by ${describeActor(actor)} at ${at} (CloudTrail event ${eventId}).`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
