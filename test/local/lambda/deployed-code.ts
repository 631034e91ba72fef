import { strToU8, zipSync } from 'fflate';

/** A zip file with a handler in `index.mjs`. */
export function zipOf(source: string, name = 'index.mjs'): Uint8Array {
  return zipSync({ [name]: strToU8(source) });
}

/** A handler that does as its event says. */
export const OBEDIENT = zipOf(`
  import { LambdaClient, GetFunctionCommand } from ${JSON.stringify(import.meta.resolve('@aws-sdk/client-lambda'))};
  console.log('loaded');
  const client = new LambdaClient({});
  const loadedAt = Date.now();
  let calls = 0;
  export const handler = async (event, context) => {
    calls += 1;
    switch (event.do) {
      case 'tell': return { calls, now: Date.now(), today: new Date().toISOString(), text: typeof Date(), epoch: new Date(0).getTime(), isDate: new Date() instanceof Date, loadedAt };
      case 'environment': return { ...process.env };
      case 'context': return { ...context, remaining: context.getRemainingTimeInMillis() };
      case 'write': console.log('one'); console.error('two'); process.stdout.write(Buffer.from('three')); return null;
      case 'throw': throw new RangeError('too far');
      case 'throw-text': throw 'text';
      case 'loop': { const loop = {}; loop.loop = loop; return loop; }
      case 'hang': return new Promise(() => setInterval(() => {}, 1000));
      case 'wait': return new Promise((resolve) => setTimeout(() => resolve(calls), event.ms));
      case 'exit': process.exit(event.code);
      case 'stray': setTimeout(() => { throw new TypeError('stray'); }); return new Promise(() => {});
      case 'read': {
        const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: event.name }));
        return Configuration.FunctionName;
      }
      case 'fail-items': return { batchItemFailures: event.ids };
      case undefined: return event.Records === undefined ? event : { batchItemFailures: event.Records.filter((record) => record.body === 'bad').map((record) => ({ itemIdentifier: record.messageId })) };
    }
  };
`);
