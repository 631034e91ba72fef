import type { Service } from '../../../lib/local/wire/operation.ts';
import type { RawAnswer } from './send.ts';

const ID = '[0-9a-f-]{36}';
const CODE = '<Code>[\\w.]+</Code>';
const MESSAGE = '<Message>[^<>]+</Message>';
const XML = {
  ec2: `<\\?xml version="1.0" encoding="UTF-8"\\?><Response><Errors><Error>${CODE}${MESSAGE}</Error></Errors><RequestID>${ID}</RequestID></Response>`,
  query: `<ErrorResponse( xmlns="[^"]+")?><Error><Type>Sender</Type>${CODE}${MESSAGE}</Error><RequestId>${ID}</RequestId></ErrorResponse>`,
  s3: `<\\?xml version="1.0" encoding="UTF-8"\\?>\n<Error>${CODE}${MESSAGE}<RequestId>${ID}</RequestId></Error>`,
} as const;

/** What is wrong with an answer that should be an error of the caller's, in the service's protocol; empty where it is one. */
export function findFlaw(service: Service, method: string, answer: RawAnswer): string {
  if (answer.status < 400 || answer.status > 499) return `status ${answer.status}: ${answer.text}`;
  if (service.name === 's3' && method === 'HEAD') return answer.text === '' ? '' : 'a body of HEAD';
  return isWellFormed(service, answer) ? '' : `malformed: ${answer.text.slice(0, 500)}`;
}

function isWellFormed({ name, protocol }: Service, answer: RawAnswer): boolean {
  if (name === 's3') return new RegExp(`^${XML.s3}$`).test(answer.text);
  if (protocol === 'query' || protocol === 'ec2') {
    return new RegExp(`^${XML[protocol]}$`).test(answer.text);
  }
  if (!new RegExp(`^${ID}$`).test(answer.headers.get('x-amzn-requestid') ?? '')) return false;
  const body: unknown = JSON.parse(answer.text);
  if (typeof body !== 'object' || body === null) return false;
  const { __type: type, message } = { __type: '', message: '', ...body };
  const code: unknown = protocol === 'json' ? type : answer.headers.get('x-amzn-errortype');
  return typeof code === 'string' && code !== '' && typeof message === 'string' && message !== '';
}
