import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { CONTROLS } from '../../functions/core/controls/registry.ts';
import type { AccessDocument } from '../../functions/core/iam/document.ts';
import type { CompiledPolicy, ControlSettings } from '../../functions/core/policy.ts';
import { bounded } from '../../functions/core/quote.ts';
import { parsePolicy } from './parse-policy.ts';
import type { PolicyFile } from './policy-schema.ts';
import { parseDocumentText, readText } from './read-document.ts';

/** A policy that is ready to be bundled, or everything that is wrong with it. */
export type CompileOutcome =
  | { readonly ok: true; readonly policy: CompiledPolicy }
  | { readonly ok: false; readonly faults: readonly string[] };

const LONGEST_PATH = 4096;

/** Compiles a policy file and the IAM documents that it names, whose paths are relative to it. */
export function compilePolicy(file: string): CompileOutcome {
  const source = readText(file);
  if (!source.ok) return fail(`\`${bounded(file, LONGEST_PATH)}\`: ${source.fault}`);
  const parsed = parsePolicy(file, source.text);
  const paths = parsed.documents.map(({ path }) => path);
  const read = parsed.documents.map(({ path, place }, index) => {
    if (paths.indexOf(path) < index) return fail(`${place} is listed twice`);
    const text = readText(resolve(dirname(file), path));
    return text.ok ? parseDocumentText(path, text.text) : fail(`${place}: ${text.fault}`);
  });
  const faults = [parsed, ...read].flatMap((outcome) => (outcome.ok ? [] : outcome.faults));
  if (!parsed.ok || faults.length > 0) return { ok: false, faults };
  const documents = read.flatMap((outcome) => (outcome.ok ? [outcome.document] : []));
  return { ok: true, policy: toCompiledPolicy(parsed.policy, documents) };
}

function fail(fault: string): { readonly ok: false; readonly faults: readonly string[] } {
  return { ok: false, faults: [fault] };
}

function toCompiledPolicy(
  { controls, notify, access: _paths, ...rest }: PolicyFile,
  access: readonly AccessDocument[],
): CompiledPolicy {
  const { ownerTag, minimumSeverity } = notify;
  const settings = CONTROLS.map(({ id, defaults }): [string, ControlSettings] => [
    id,
    { ...defaults, ...withoutUndefined(controls[id] ?? {}) },
  ]);
  const policy = {
    ...rest,
    access,
    controls: Object.fromEntries(settings),
    notify: { minimumSeverity, ...(ownerTag === undefined ? {} : { ownerTag }) },
  };
  return { ...policy, hash: hashOf(policy) };
}

/** Equal policies have equal hashes, whatever the order of their keys. */
function hashOf(value: unknown): string {
  const canonical = JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(
          Object.entries(member).sort(([left], [right]) => (left < right ? -1 : 1)),
        )
      : member,
  );
  return createHash('sha256').update(canonical).digest('hex');
}

function withoutUndefined(
  settings: Partial<Record<keyof ControlSettings, unknown>>,
): Partial<ControlSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
