import type { IncomingHttpHeaders } from 'node:http';

/** A request whose body has arrived. */
export interface WireRequest {
  readonly method: string;
  /** Path with the query string cut off, still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer before it is sent. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** Who signed a request and for which service; undefined where it is not signed. */
export function parseCredentialScope(
  request: WireRequest,
): { readonly accessKeyId: string; readonly region: string; readonly service: string } | undefined {
  const header = request.headers.authorization ?? '';
  const inHeader = /Credential=([^/,\s]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(header);
  const inQuery = /^([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request$/.exec(
    request.query.get('X-Amz-Credential') ?? '',
  );
  const [, accessKeyId, region, service] = inHeader ?? inQuery ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined;
  return { accessKeyId, region, service };
}
