import { dirname, resolve } from 'node:path';
import type { AccessDocument } from '../../functions/core/iam/document.ts';
import type { CompiledPolicy, FallbackAttachment } from '../../functions/core/policy.ts';
import { bounded } from '../../functions/core/quote.ts';
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
export function compilePolicy(file: string, { nowMs }: { readonly nowMs: number }): CompileOutcome {
  const source = readText(file);
  if (!source.ok) return fail(`\`${bounded(file, LONGEST_PATH)}\`: ${source.fault}`);
  const parsed = parsePolicy(file, source.text, nowMs);
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
