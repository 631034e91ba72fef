import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderHtml } from '../../lib/cli/report/render-html.ts';
import { largeReport } from '../support/large-report.ts';
import { rescanAnswer, smallReport } from '../support/sample-report.ts';
import { findChromium } from './find-chromium.ts';
import { makeHostile } from './hostile-report.ts';

const executablePath = findChromium();

const REPORTS = {
  small: smallReport,
  large: largeReport,
  rescan: rescanAnswer,
  hostile: () => makeHostile(smallReport()),
} as const;

type ReportName = keyof typeof REPORTS;

describe.skipIf(executablePath === undefined)(
  'the report in a browser (skipped where there is no Chromium: CHROMIUM_PATH may name one)',
  () => {
    let browser: Browser;
    let folder: string;
    /** What the page had no business to do. */
    let complaints: string[];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'report-page-'));
      const write = async ([name, report]: readonly [
        string,
        () => ReturnType<typeof smallReport>,
      ]) => writeFile(join(folder, `${name}.html`), await renderHtml(report()));
      await Promise.all(Object.entries(REPORTS).map(write));
      browser = await chromium.launch({
        args: ['--no-sandbox'],
        ...(executablePath === undefined ? {} : { executablePath }),
      });
    });

    afterAll(async () => {
      await browser?.close();
      await rm(folder, { recursive: true, force: true });
    });

    async function open(
      name: ReportName,
      options: BrowserContextOptions & { readonly fragment?: string } = {},
    ): Promise<Page> {
      const { fragment = '', ...context } = options;
      const page = await browser.newPage({ reducedMotion: 'reduce', ...context });
      const address = pathToFileURL(join(folder, `${name}.html`)).href;
      complaints = [];
      page.on('console', (message) => complaints.push(message.text()));
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        const url = request.url();
        if (url !== address && !url.startsWith('blob:')) complaints.push(`asked for ${url}`);
      });
      page.on('dialog', (dialog) => complaints.push(`asked ${dialog.message()}`));
      await page.goto(`${address}${fragment}`);
      await page.locator('h1').first().waitFor();
      return page;
    }

    const found = (page: Page) => page.getByRole('status').innerText();

    it.each(Object.keys(REPORTS) as ReportName[])(
      'shows the %s report without an error, a request or anything that its policy forbids',
      async (name) => {
        const page = await open(name);

        expect(await page.locator('main > section').count()).toBeGreaterThanOrEqual(5);
        expect(await page.locator('.chart svg').count()).toBeGreaterThan(0);
        expect(await page.locator('img, iframe, main script').count()).toBe(0);
        expect(complaints).toEqual([]);
        await page.close();
      },
    );

    it('filters and searches, and keeps what was asked for in its address', async () => {
      const page = await open('small');
      expect(await found(page)).toBe('All 19 findings, of 9 controls');

      await page.getByRole('checkbox', { name: 'critical' }).check();
      await page.getByRole('checkbox', { name: 'high' }).check();
      expect(await found(page)).toBe('11 of 19 findings, of 4 controls');
      await page.getByRole('searchbox').fill('growth');
      expect(await found(page)).toBe('4 of 19 findings, of 2 controls');
      await page.getByRole('combobox', { name: 'Control' }).selectOption('LVG.3');
      expect(await found(page)).toBe('2 of 19 findings, of 1 control');
      const { hash } = new URL(page.url());
      await page.getByRole('button', { name: 'Show all' }).click();
      expect(await found(page)).toBe('All 19 findings, of 9 controls');
      await page.close();

      const other = await open('small', { fragment: hash });
      expect(await found(other)).toBe('2 of 19 findings, of 1 control');
      expect(await other.getByRole('checkbox', { name: 'high' }).isChecked()).toBe(true);
      expect(complaints).toEqual([]);
      await other.close();
    });

    it('leads from the summary and from a function in the network to the findings', async () => {
      const page = await open('small');

      await page.locator('.tile-exempt a').click();
      expect(await found(page)).toBe('2 of 19 findings, of 1 control');
      await page.locator('.interface summary').first().click();
      await page.getByRole('link', { name: '2 findings of campaign-landing' }).first().click();
      expect(await found(page)).toBe('2 of 19 findings, of 2 controls');
      expect(await page.evaluate('document.activeElement.id')).toBe('findings-title');
      await page.close();
    });

    it('offers what is shown as a table', async () => {
      const page = await open('small', { fragment: '#findings?severity=critical' });
      const coming = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download as CSV' }).click();
      const text = await readFile(await (await coming).path(), 'utf8');

      expect(text.trim().split('\r\n')).toHaveLength(5);
      expect(complaints).toEqual([]);
      await page.close();
    });

    it('says what it comes to, what could not be seen, and draws the network', async () => {
      const page = await open('small');

      expect(await page.locator('h1').innerText()).toBe('10 of 40 functions violate the policy');
      const main = await page.locator('main').innerText();
      expect(main).toMatch(/^What could not be seen/);
      expect(main).toContain(
        'lambda:GetFunction: the caller is not allowed to; tags were not read',
      );
      const vpc = page.locator('.vpc').first();

      expect(await vpc.locator('.tier h4').allInnerTexts()).toEqual([
        expect.stringMatching(/^Public/),
        expect.stringMatching(/^Private, out through NAT/),
        expect.stringMatching(/^Isolated/),
      ]);
      expect(await vpc.locator('.equipment').innerText()).toMatch(
        /nat-0.*public, available[\s\S]*s3 Gateway/,
      );
      expect(await vpc.getByRole('meter').getAttribute('aria-valuetext')).toBe(
        '9 network interfaces of 500 (2 %)',
      );
      const share = vpc.locator('.interface').first();
      expect(await share.innerText()).toContain('3 functions, 3 in violation');
      await share.locator('summary').click();
      expect(await share.locator('.functions li').allInnerTexts()).toHaveLength(3);
      expect(await share.locator('.functions li').first().innerText()).toMatch(/^in violation:/);
      await page.close();
    });

    it('says what a rescan does not tell', async () => {
      const page = await open('rescan');

      expect(await page.locator('.not-seen').innerText()).toContain(
        'a rescan does not describe it',
      );
      expect(await page.locator('#network').innerText()).toContain('draws the network');
      expect(await page.locator('#timeline').innerText()).toContain('table was not read');
      await page.close();
    });

    it('opens everything by keyboard alone', async () => {
      const page = await open('small');
      const closed = 'document.querySelectorAll("details:not([open])").length';
      const before = Number(await page.evaluate('document.querySelectorAll("*").length'));
      const reached = new Set<string>();

      for (let step = 0; step < 400; step += 1) {
        await page.keyboard.press('Tab');
        const what = String(await page.evaluate(WHERE));
        if (what === 'BODY') break;
        reached.add(what);
        if (what.startsWith('SUMMARY closed')) await page.keyboard.press('Enter');
      }

      expect(await page.evaluate(closed)).toBe(0);
      expect(Number(await page.evaluate('document.querySelectorAll("*").length'))).toBeGreaterThan(
        before,
      );
      const kinds = new Set([...reached].map((what) => what.split(' ')[0]));
      expect(kinds).toEqual(new Set(['A', 'INPUT', 'SELECT', 'BUTTON', 'SUMMARY']));
      expect(complaints).toEqual([]);
      await page.close();
    });

    it.each(['large', 'hostile'] as const)(
      'has no horizontal scrolling on a phone with the %s report',
      async (name) => {
        const page = await open(name, { viewport: { width: 375, height: 800 } });

        await openKinds(page);
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
        await page.close();
      },
    );

    it('gives axe nothing to say', async () => {
      const page = await open('small', { colorScheme: 'light' });
      await openKinds(page);

      expect(await askAxe(page)).toEqual([]);
      await page.close();
    });

    it('is dark where that is asked for, and has the contrast that axe asks for', async () => {
      const page = await open('small', { colorScheme: 'dark' });
      await openKinds(page);

      const color = String(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
      expect(Math.max(...(color.match(/\d+/g)?.map(Number) ?? []))).toBeLessThan(40);
      expect(await askAxe(page, 'color-contrast')).toEqual([]);
      await page.close();
    });

    it('shows the essential where scripts do not run', async () => {
      const page = await open('small', { javaScriptEnabled: false });

      expect(await page.locator('h1').innerText()).toBe('Lambda VPC Guardrail');
      expect(await page.locator('tbody tr').count()).toBe(19);
      await page.close();
    });

    it('aggregates 10,000 functions, and opens them page by page', async () => {
      const page = await open('large');
      expect(await page.locator('h1').innerText()).toBe(
        '1,525 of 10,000 functions violate the policy',
      );
      expect(await found(page)).toBe('All 3,089 findings, of 5 controls');
      expect(await page.locator('.finding, .functions li').count()).toBe(0);
      expect(Number(await page.evaluate('document.querySelectorAll("*").length'))).toBeLessThan(
        4_000,
      );

      const group = page.locator('.control').first();
      await group.locator('summary').first().click();
      await expect.poll(() => group.locator('.finding').count()).toBe(100);
      await group.getByRole('button', { name: /^Show 100 more/ }).click();
      expect(await group.locator('.finding').count()).toBe(200);
      await page.getByRole('searchbox').fill('payments-api');
      expect(await found(page)).toMatch(/^\d+ of 3,089 findings/);
      const vpcs = page.locator('.vpc');
      expect(await vpcs.count()).toBe(25);
      await vpcs.last().locator('summary').click();
      await expect.poll(() => vpcs.last().locator('.functions li').count()).toBe(100);
      await page.close();
    });

    /** Opens one of each kind that can be opened, and what that shows. */
    async function openKinds(page: Page): Promise<void> {
      const openMore = `(() => {
        const all = [...document.querySelectorAll('details')];
        const kinds = new Set(all.filter((one) => one.open).map((one) => one.className));
        const next = all.find((one) => !kinds.has(one.className));
        if (next) next.open = true;
        return next === undefined;
      })()`;
      await expect.poll(() => page.evaluate(openMore), { interval: 20 }).toBe(true);
    }

    /** What axe finds, of all its rules or of one. */
    async function askAxe(page: Page, rule?: string) {
      const options = { resultTypes: ['violations'], ...(rule && { runOnly: [rule] }) };
      await page.evaluate(axe.source);
      const run = page.evaluate(`axe.run(${JSON.stringify(options)})`);
      const { violations } = (await run) as axe.AxeResults;
      return violations.map(({ id, impact, nodes }) => [id, impact, nodes[0]?.html]);
    }
  },
);

/** Names the element that has the focus, each a little differently. */
const WHERE = `(() => {
  const one = document.activeElement;
  const state = one.tagName === 'SUMMARY' && !one.parentElement.open ? 'closed ' : '';
  return one === document.body ? 'BODY' : one.tagName + ' ' + state + one.textContent.slice(0, 80);
})()`;
