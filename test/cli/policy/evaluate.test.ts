import { once } from 'node:events';
import { PassThrough, Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { evaluateCalls } from '../../../lib/cli/policy/evaluate.ts';
import cases from '../../cases/evaluate-lines.json' with { type: 'json' };
import { fakeTerminal, folderOf, statementOf } from './fake-terminal.ts';

const REQUIRE = { Statement: statementOf('RequireVpc', { Null: { 'lambda:VpcIds': 'true' } }) };
const IN_VPC = '{"vpcId":"vpc-1","subnetIds":["subnet-1"]}\n';

async function run(document: unknown, chunks: Iterable<string | Uint8Array>) {
  using folder = folderOf({ 'one.json': document });
  const { terminal, told } = fakeTerminal();
  const output = new PassThrough();
  const streams = { input: Readable.from(chunks), output };
  const reading = text(output);
  const status = await evaluateCalls(folder.path('one.json'), streams, terminal);
  output.end();
  const printed = await reading;
  const shorten = (line: string) => line.replaceAll(folder.path('one.json'), 'one.json');
  return { status, told: told.map(shorten), printed: shorten(printed) };
}

describe('evaluateCalls', () => {
  it.each(cases)('$name', async ({ document, line, answer, fault }) => {
    const { status, told, printed } = await run(document, [`${JSON.stringify(line)}\n`]);

    expect(told.map((each) => each.slice(0, `line 1: ${fault}`.length))).toEqual(
      fault === undefined ? [] : [`line 1: ${fault}`],
    );
    expect(status).toBe(fault === undefined ? 0 : 2);
    expect(printed).toBe(answer === undefined ? '' : `${JSON.stringify(answer)}\n`);
  });

  it('answers in order, whatever the chunks, and counts blank lines', async () => {
    const bytes = new TextEncoder().encode(
      `{}\n\n${IN_VPC}\r\n{"principalArn": "arn:aws:iam::1:role/ü"}`,
    );
    const chunks = [...bytes].map((byte) => Uint8Array.of(byte));

    const { status, printed } = await run(REQUIRE, chunks);

    const decisions = printed
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).decision);
    expect(status).toBe(0);
    expect(decisions).toEqual(['explicitly-denied', 'allowed', 'explicitly-denied']);
  });

  it('stops at the first bad line, after all decisions before it', async () => {
    const { status, told, printed } = await run(REQUIRE, [`${IN_VPC}\n{"vpcId": }\n${IN_VPC}`]);

    expect(status).toBe(2);
    expect(told).toEqual(['line 3: no JSON at column 11: expected a value']);
    expect(printed.split('\n')).toEqual([expect.stringContaining('"allowed"'), '']);
  });

  it.each([
    {
      name: 'a line without end',
      text: 'x'.repeat(1_100_000),
      fault: 'expected at most 1048576 bytes',
    },
    {
      name: 'a line that is too long',
      text: `${' '.repeat(1_048_577)}\n`,
      fault: 'expected at most 1048576 bytes',
    },
    {
      name: 'bytes that are no UTF-8',
      text: Uint8Array.of(0x7b, 0xe4, 0x7d, 0x0a),
      fault: 'expected UTF-8 text',
    },
    {
      name: 'a character that ends too soon',
      text: Uint8Array.of(0x20, 0xc3),
      fault: 'expected UTF-8 text',
    },
    {
      name: 'a member that is there twice',
      text: '{"vpcId":"vpc-1", "vpcId":"vpc-2"}',
      fault: 'member `vpcId` is there twice at column 19: the first would be lost',
    },
  ])('refuses $name, after all decisions before it', async ({ text: bad, fault }) => {
    const { status, told, printed } = await run(REQUIRE, ['{}\n', bad]);

    expect([status, told]).toEqual([2, [`line 2: ${fault}`]]);
    expect(printed.split('\n')).toHaveLength(2);
  });

  it('reads lines that begin with a byte order mark', async () => {
    expect(await run(REQUIRE, [`\uFEFF${IN_VPC}`])).toMatchObject({ status: 0, told: [] });
  });

  it('says all faults of a policy before it reads a line', async () => {
    const { status, told, printed } = await run({ Statement: [] }, [IN_VPC]);

    expect([status, printed]).toEqual([2, '']);
    expect(told).toEqual([expect.stringContaining('expected at least one statement')]);
  });

  it('reads no faster than its answers are read', async () => {
    const LINES = 50_000;
    let read = 0;
    let written = 0;
    let furthest = 0;
    function* lines() {
      for (; read < LINES; read += 1) yield IN_VPC;
    }
    const output = new Writable({
      highWaterMark: 4096,
      write: (chunk: Buffer, _encoding, done) => {
        written += chunk.toString().split('\n').length - 1;
        furthest = Math.max(furthest, read - written);
        setImmediate(done);
      },
    });
    using folder = folderOf({ 'one.json': REQUIRE });
    const { terminal } = fakeTerminal();
    const input = Readable.from(lines());

    const status = await evaluateCalls(folder.path('one.json'), { input, output }, terminal);
    output.end();
    await once(output, 'finish');

    expect([status, written]).toEqual([0, LINES]);
    expect(furthest).toBeLessThan(500);
  });

  it.each(['EPIPE', undefined])('ends quietly when nobody reads on (%s)', async (code) => {
    using folder = folderOf({ 'one.json': REQUIRE });
    const { terminal, told } = fakeTerminal();
    const output = new Writable({
      write: (_chunk, _encoding, done) => {
        if (code === undefined) output.destroy();
        else done(Object.assign(new Error('write EPIPE'), { code }));
      },
    });
    const input = Readable.from([IN_VPC, IN_VPC, IN_VPC]);

    const status = await evaluateCalls(folder.path('one.json'), { input, output }, terminal);

    expect([status, told]).toEqual([0, []]);
  });

  it('passes on whatever else goes wrong with its streams', async () => {
    const failing = (function* () {
      yield IN_VPC;
      throw new Error('the disk is gone');
    })();

    await expect(run(REQUIRE, failing)).rejects.toThrow('the disk is gone');
  });
});
