import { GuardrailError } from '../../functions/core/guardrail-error.ts';
import { isRecord } from '../../functions/core/json-value.ts';
import { quote, quoteKind } from '../../functions/core/quote.ts';

const NAME = /^[a-zA-Z0-9-]{1,40}$/;
const MAIL = /^[^\s@]+@[^\s@]+$/;

/** Refuses what a caller without types may hand in: a synthesis fails rather than a deployment, or a cold start. */
export function checkProps(props: unknown): void {
  const { policy, alertEmails = [], name } = isRecord(props) ? props : {};
  const faults = [...faultsOfPolicy(policy), ...faultsOfMails(alertEmails), ...faultsOfName(name)];
  if (faults.length > 0) throw new GuardrailError(faults.join('; '), { code: 'CONFIG_INVALID' });
}

function faultsOfPolicy(policy: unknown): readonly string[] {
  if (isRecord(policy) && typeof policy['hash'] === 'string' && isRecord(policy['controls'])) {
    return [];
  }
  const hint = isRecord(policy) && 'ok' in policy ? ': pass its `.policy`' : '';
  return [`\`policy\`: expected what \`compilePolicy\` compiled, got ${quoteKind(policy)}${hint}`];
}

function faultsOfMails(alertEmails: unknown): readonly string[] {
  const isList = Array.isArray(alertEmails);
  const wrong = isList ? alertEmails.find((one) => !MAIL.test(String(one))) : alertEmails;
  if (isList && wrong === undefined) return [];
  return [`\`alertEmails\`: expected mail addresses in a list, got ${quote(wrong)}`];
}

/** Names with a wildcard would widen what the roles are denied, long ones no longer fit a function. */
function faultsOfName(name: unknown): readonly string[] {
  if (name === undefined || NAME.test(String(name))) return [];
  return [`\`name\` is \`${name}\`: expected 1 to 40 letters, digits and hyphens`];
}
