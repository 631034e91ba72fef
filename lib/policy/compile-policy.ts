import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { AccessDocument } from '../../functions/core/iam/document.ts';
import type { CompiledPolicy, FallbackAttachment } from '../../functions/core/policy.ts';
import { bounded, quote } from '../../functions/core/quote.ts';
import { parsePolicy } from './parse-policy.ts';
import { exemptionId, hashOf } from './policy-hash.ts';
import type { PolicyFile } from './policy-schema.ts';
import { parseDocumentText, readText } from './read-document.ts';

/** A policy that is ready to be bundled, or everything that is wrong with it. */
export type CompileOutcome =
  | { readonly ok: true; readonly policy: CompiledPolicy }
  | { readonly ok: false; readonly faults: readonly string[] };

const LONGEST_PATH = 4096;

/** Compiles a policy file and the IAM documents that it names, whose paths are relative to it. */
export function compilePolicy(
  file: string,
  { nowMs = Date.now() }: { readonly nowMs?: number } = {},
): CompileOutcome {
  const source = readText(file);
  if (!source.ok) return fail(`\`${bounded(file, LONGEST_PATH)}\`: ${source.fault}`);
  const parsed = parsePolicy(file, source.text, nowMs);
  const firsts = new Map<string, string>();
  const read = parsed.documents.map(({ path, place }) => {
    const named = toDocumentFile(file, path);
    const first = firsts.get(resolve(named));
    if (first !== undefined) return fail(`${place} is listed twice, before as ${quote(first)}`);
    firsts.set(resolve(named), path);
    const text = readText(named);
    return text.ok ? parseDocumentText(path, text.text, named) : fail(`${place}: ${text.fault}`);
  });
  const faults = [parsed, ...read].flatMap((outcome) => (outcome.ok ? [] : outcome.faults));
  if (!parsed.ok || faults.length > 0) return { ok: false, faults };
  const documents = read.flatMap((outcome) => (outcome.ok ? [outcome.document] : []));
  return { ok: true, policy: toCompiledPolicy(parsed.policy, documents) };
}

/** The file of a document, as seen from where the policy file is seen from. */
export function toDocumentFile(policyFile: string, path: string): string {
  return isAbsolute(path) ? path : join(dirname(policyFile), path);
}

function fail(fault: string): { readonly ok: false; readonly faults: readonly string[] } {
  return { ok: false, faults: [fault] };
}

function toCompiledPolicy(
  { exemptions, notify, fallbackAttachment: fallback, access: _paths, ...rest }: PolicyFile,
  access: readonly AccessDocument[],
): CompiledPolicy {
  const { ownerTag, ...told } = notify;
  const policy = {
    ...rest,
    access,
    ...(fallback === undefined ? {} : { fallbackAttachment: toFallback(fallback) }),
    exemptions: exemptions.map((exemption) => ({ id: exemptionId(exemption), ...exemption })),
    notify: { ...told, ...(ownerTag === undefined ? {} : { ownerTag }) },
  };
  return { ...policy, hash: hashOf(policy) };
}

/** Sorted, as attachments are everywhere. */
function toFallback({
  subnetIds,
  securityGroupIds,
  onCreate,
}: NonNullable<PolicyFile['fallbackAttachment']>): FallbackAttachment {
  return {
    subnetIds: subnetIds.toSorted(),
    securityGroupIds: securityGroupIds.toSorted(),
    onCreate,
  };
}
