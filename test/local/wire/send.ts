/** One request as it goes over the wire, and for which service it is signed. */
export interface RawRequest {
  readonly service?: string;
  readonly accessKeyId?: string;
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What came back. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends a request that no SDK would send. */
export async function sendRaw(endpoint: string, request: RawRequest): Promise<RawAnswer> {
  const { service, accessKeyId = 'local', method = 'POST', path = '/', headers, body } = request;
  const scope = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261122/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const answer = await fetch(`${endpoint}${path}`, {
    method,
    headers: { ...(service === undefined ? {} : { authorization: scope }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
