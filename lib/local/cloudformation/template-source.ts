import type { AccountCore } from '../account-core.ts';
import type { Objects } from '../s3/objects.ts';
import type { Need } from '../wire/operation.ts';
import { parseTemplate, type Template } from './template.ts';
import { validationError } from './validation-error.ts';

/** Where a request says that its template is. */
export interface TemplateInput {
  readonly TemplateBody?: string | undefined;
  readonly TemplateURL?: string | undefined;
}

const MAX_BODY_BYTES = 51_200;
const MAX_OBJECT_BYTES = 1_000_000;

/** Reads the template of a request, from its body or from an object of the account. */
export function readTemplate(
  objects: Objects,
  { TemplateBody, TemplateURL }: TemplateInput,
): Template {
  if (TemplateBody === undefined) {
    if (TemplateURL !== undefined) return parseTemplate(readObject(objects, TemplateURL));
    throw validationError('Either Template URL or Template Body must be specified.');
  }
  if (TemplateURL !== undefined) {
    throw validationError('Only one of TemplateBody or TemplateURL may be specified.');
  }
  if (Buffer.byteLength(TemplateBody) > MAX_BODY_BYTES) {
    throw validationError(
      `1 validation error detected: Value at 'templateBody' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BODY_BYTES}`,
    );
  }
  return parseTemplate(TemplateBody);
}

/** What a caller needs so that CloudFormation can read the template for it. */
export function templateNeeds({ TemplateURL }: TemplateInput): readonly Need[] {
  if (TemplateURL === undefined) return [];
  const { bucket, key } = parseUrl(TemplateURL);
  return [{ action: 's3:GetObject', resource: `arn:aws:s3:::${bucket}/${key}` }];
}

/** The ARN of a stack that does not exist yet, or of one that does. */
export function stackArn({ accountId, region }: AccountCore, name: string, suffix = '*'): string {
  return name.startsWith('arn:')
    ? name
    : `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${suffix}`;
}

function readObject(objects: Objects, url: string): string {
  const { bucket, key } = parseUrl(url);
  const body = objects.get(bucket, key);
  if (body === undefined) throw validationError('S3 error: The specified key does not exist.');
  if (body.length > MAX_OBJECT_BYTES) {
    throw validationError(`Template may not exceed ${MAX_OBJECT_BYTES} bytes in size.`);
  }
  return Buffer.from(body).toString('utf8');
}

/** Path style, virtual-hosted style, and the path style of the account's own endpoint. */
function parseUrl(url: string): { readonly bucket: string; readonly key: string } {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) throw unsupportedUrl();
  const path = decodeURIComponent(parsed.pathname).slice(1);
  const [, host] = /^(.+)\.s3[.-][a-z0-9.-]*amazonaws\.com$/.exec(parsed.hostname) ?? [];
  if (host !== undefined) return { bucket: host, key: path };
  const slash = path.indexOf('/');
  if (slash === -1) throw unsupportedUrl();
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1) };
}

function unsupportedUrl(): ReturnType<typeof validationError> {
  return validationError('TemplateURL must be a supported URL.');
}
