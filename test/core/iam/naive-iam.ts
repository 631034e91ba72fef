/** A statement as it stands in a document. */
export interface NaiveStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A call, with the values of its keys, in any spelling. */
export interface NaiveCall {
  readonly action: string;
  readonly resource: string;
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

/** What IAM answers, and by which statement: document and number, both from 0. */
export interface NaiveDecision {
  readonly outcome: 'allowed' | 'explicitly-denied' | 'implicitly-denied';
  readonly by?: readonly [number, number];
}

const MULTI_VALUED = ['lambda:subnetids', 'lambda:securitygroupids'];

/**
 * Decides as IAM's user guide says, by nothing but its text: the witness against which the evaluator is held.
 *
 * It shares no line with what it witnesses, imports nothing, and is as slow as it likes to be.
 */
export function decideNaively(
  documents: readonly (readonly NaiveStatement[])[],
  call: NaiveCall,
): NaiveDecision {
  const denied = firstThatApplies(documents, 'Deny', call);
  if (denied !== undefined) return { outcome: 'explicitly-denied', by: denied };
  const allowed = firstThatApplies(documents, 'Allow', call);
  if (allowed !== undefined) return { outcome: 'allowed', by: allowed };
  return { outcome: 'implicitly-denied' };
}

function firstThatApplies(
  documents: readonly (readonly NaiveStatement[])[],
  effect: string,
  call: NaiveCall,
): readonly [number, number] | undefined {
  for (const [document, statements] of documents.entries()) {
    for (const [number, statement] of statements.entries()) {
      if (statement.Effect === effect && applies(statement, call)) return [document, number];
    }
  }
  return undefined;
}

function applies(statement: NaiveStatement, call: NaiveCall): boolean {
  const { Action, NotAction, Resource, NotResource, Condition = {} } = statement;
  const isAction = (pattern: string) => glob(pattern.toLowerCase(), call.action.toLowerCase());
  const isResource = (pattern: string) => glob(pattern, call.resource);
  return (
    (Action === undefined || texts(Action).some(isAction)) &&
    (NotAction === undefined || !texts(NotAction).some(isAction)) &&
    (Resource === undefined || texts(Resource).some(isResource)) &&
    (NotResource === undefined || !texts(NotResource).some(isResource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) =>
        isMet(operator, key, { wanted: texts(values), call }),
      ),
    )
  );
}

function isMet(
  spelling: string,
  key: string,
  { wanted, call }: { readonly wanted: readonly string[]; readonly call: NaiveCall },
): boolean {
  const operator = spelling.toLowerCase();
  const held = valuesOf(key, call);
  if (operator === 'null') return wanted.some((value) => isTrue(value) === (held.length === 0));
  const isNegated = operator.includes('not');
  const agrees = (value: string) =>
    wanted.some((text) => compares(operator, text, value)) ? !isNegated : isNegated;
  if (operator.startsWith('forallvalues:')) return held.every((one) => one === '' || agrees(one));
  if (operator.startsWith('foranyvalue:')) return held.some((one) => one !== '' && agrees(one));
  if (held.length === 0) return isNegated || operator.endsWith('ifexists');
  if (MULTI_VALUED.includes(key.toLowerCase()) || held.length > 1) return false;
  return held.every(agrees);
}

function compares(operator: string, text: string, value: string): boolean {
  if (operator.includes('arn')) return isArnLike(text.split(':'), value.split(':'));
  if (operator.includes('like')) return glob(text, value);
  if (operator.includes('ignorecase') || operator.includes('bool')) {
    return text.toLowerCase() === value.toLowerCase();
  }
  return text === value;
}

/** The first five parts one by one, then all that is left. */
function isArnLike(pattern: readonly string[], value: readonly string[]): boolean {
  if (pattern.length < 6 || value.length < 6) return false;
  for (const part of [0, 1, 2, 3, 4]) {
    if (!glob(pattern[part] ?? '', value[part] ?? '')) return false;
  }
  return glob(pattern.slice(5).join(':'), value.slice(5).join(':'));
}

function glob(pattern: string, text: string): boolean {
  const rest = pattern.slice(1);
  if (pattern === '') return text === '';
  if (pattern.startsWith('*'))
    return glob(rest, text) || (text !== '' && glob(pattern, text.slice(1)));
  const isOne = pattern.startsWith('?') || pattern.charAt(0) === text.charAt(0);
  return text !== '' && isOne && glob(rest, text.slice(1));
}

function valuesOf(key: string, call: NaiveCall): readonly string[] {
  const found = Object.entries(call.keys).find(([own]) => own.toLowerCase() === key.toLowerCase());
  return found === undefined ? [] : found[1];
}

function isTrue(value: string): boolean {
  return value.toLowerCase() === 'true';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [String(value)];
}
