import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readPageAssets, writePageAssets } from '../../../lib/cli/report/page-assets.ts';
import { renderHtml } from '../../../lib/cli/report/render-html.ts';
import { unpackReport } from '../../../lib/page/packed-report.ts';
import { HOSTILE, makeHostile } from '../../page/hostile-report.ts';
import { largeReport } from '../../support/large-report.ts';
import { rescanAnswer, smallReport } from '../../support/sample-report.ts';
import { answerOf, findingOf } from './answers.ts';

const DATA = /<script type="application\/json" id="report">([^<]*)<\/script>/;

function unpackFrom(html: string) {
  return unpackReport(JSON.parse(DATA.exec(html)?.[1] ?? ''));
}

describe('renderHtml', () => {
  let html: string;

  beforeAll(async () => {
    html = await renderHtml(smallReport());
  });

  it('writes one document in English, for any width, light and dark', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('<title>123456789012 in us-east-1, 2026-11-22 · Lambda VPC Guardrail');
    expect(html).toContain('<a class="skip" href="#main">');
  });

  it('holds the whole report', () => {
    expect(unpackFrom(html)).toEqual(smallReport());
  });

  it('holds a report without a scan', async () => {
    expect(unpackFrom(await renderHtml(rescanAnswer()))).toEqual(rescanAnswer());
  });

  it('holds an ARN of another region than the others as it is', async () => {
    const answer = answerOf({
      findings: [findingOf(), findingOf({ functionArn: 'arn:aws:lambda:eu-west-1:1:function:a' })],
    });

    expect(unpackFrom(await renderHtml(answer))).toEqual(answer);
  });

  it('is the same for the same report', async () => {
    expect(await renderHtml(smallReport())).toBe(html);
  });

  it('allows its own script and style by their hashes, and nothing else', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1];
    const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';

    expect(policy).toBe(
      `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'`,
    );
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });

  it('has no markup in its script and style that a parser could take for an end', async () => {
    const { script, style } = await readPageAssets();

    expect(script).not.toMatch(/<\/script|<!--/i);
    expect(style).not.toMatch(/<\/style|<!--|url\(|@import/i);
  });

  it('leaves hostile words without effect, wherever they stand', async () => {
    const hostile = await renderHtml(makeHostile(smallReport()));

    expect(hostile).not.toContain('<img');
    expect(hostile.match(/<script/g)).toHaveLength(2);
    expect(hostile.match(/<\/script/g)).toHaveLength(2);
    expect(hostile.match(/<\/noscript/g)).toHaveLength(1);
    expect(unpackFrom(hostile).findings[0]?.reason).toContain(HOSTILE);
  });

  it('hides what looks like a secret', async () => {
    const reason = 'refused: password=hunter2 of AKIAABCDEFGHIJKLMNOP';
    const told = await renderHtml(answerOf({ findings: [findingOf({ reason })] }));

    expect(told).not.toMatch(/hunter2|AKIAABC/);
  });

  it('says the essential without scripts', () => {
    const plain = /<noscript>([\s\S]*)<\/noscript>/.exec(html)?.[1] ?? '';

    expect(plain).toContain('scanned 40 functions');
    expect(plain).toContain('lambda:GetFunction: the caller is not allowed to');
    expect(plain).toContain('<td>campaign-landing</td>');
    expect(plain.match(/<tr><td>/g)).toHaveLength(19);
    expect(plain.indexOf('critical')).toBeLessThan(plain.indexOf('<td>low'));
  });

  it('says without scripts that nothing was found', async () => {
    expect(await renderHtml(answerOf())).toContain('<p>None.</p>');
  });

  it('lists no more than 200 findings without scripts, and stays small for 10,000 functions', async () => {
    const large = await renderHtml(largeReport());

    expect(large.match(/<tr><td>/g)).toHaveLength(200);
    expect(large).toContain('And 2889 more.');
    expect(large.length).toBeLessThan(6_000_000);
    expect(unpackFrom(large)).toEqual(largeReport());
  });
});

describe('writePageAssets', () => {
  it('writes what is read where nothing is prebuilt, with the licences of what is in it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'page-'));

    await writePageAssets(join(folder, 'page'));
    const read = (name: string) => readFile(join(folder, 'page', name), 'utf8');
    const written = { script: await read('page.js'), style: await read('page.css') };
    await rm(folder, { recursive: true });

    expect(written).toEqual(await readPageAssets());
    expect(written.script).toMatch(/@observablehq\/plot\n\nCopyright/);
    expect(written.script).toMatch(/preact\n\nThe MIT License/);
    expect(written.script).not.toContain('no licence is given');
  });
});

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

it('lets nobody turn the direction of the text beside his', async () => {
  const reason = 'ends \u{202e}gnp.exe\u{2066} here';
  const page = await renderHtml(answerOf({ findings: [findingOf({ reason })] }));

  expect(page).toContain('ends gnp.exe here');
  expect(page).not.toMatch(/\p{Bidi_Control}/u);
});
