import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page, selectors } from 'playwright-core';
import { join } from 'node:path';
import {
	readWorkflow,
	ROOT,
	saveCredential,
	saveWorkflow,
	withCredential,
	withParameters,
} from '../lib';
import { CREDENTIAL_TYPE, LOGIN, NODE_TYPE, type World } from '../world';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const FLAGS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--proxy-bypass-list=<-loopback>',
];
const WORKFLOW = 'e2e-editor';
const NODE = 'Kling';

async function signInto(page: Page, baseUrl: string): Promise<void> {
	await page.goto(`${baseUrl}/signin`);
	await page.fill('input[name=emailOrLdapLoginId], input[type=email]', LOGIN.email);
	await page.fill('input[type=password]', LOGIN.password);
	await page.keyboard.press('Enter');
	await page.waitForURL(/home|workflow/);
}

/** What a person sees: the editor in a real browser. */
export function editorSuite(world: () => World): void {
	describe('in the editor', () => {
		let browser: Browser;
		let page: Page;

		beforeAll(async () => {
			if (!existsSync(CHROMIUM)) {
				throw new Error(
					`These tests need Chromium at ${CHROMIUM}; set CHROMIUM_PATH if it is elsewhere`,
				);
			}
			selectors.setTestIdAttribute('data-test-id');
			browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
			page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
			page.setDefaultTimeout(30_000);
			const { rest, settings, n8n } = world();
			const name = 'Editor';
			const id = await saveCredential(rest, {
				name,
				type: CREDENTIAL_TYPE,
				data: settings[0]!.data,
			});
			const example = readWorkflow(join(ROOT, 'examples', 'text-to-video.json'));
			const wired = withCredential(example, {
				nodeType: NODE_TYPE,
				type: CREDENTIAL_TYPE,
				id,
				name,
			});
			const options = { initialDelay: 1, pollInterval: 1 };
			await saveWorkflow(rest, WORKFLOW, withParameters(wired, NODE_TYPE, { options }));
			await signInto(page, n8n.baseUrl);
		}, 60_000);
		afterAll(async () => {
			await (browser as Browser | undefined)?.close();
		});
		beforeEach(async () => {
			await page.goto(`${world().n8n.baseUrl}/workflow/${WORKFLOW}`);
			await page.locator(`[data-node-name="${NODE}"]`).first().waitFor();
		});

		it.each(['kling', '可灵', 'ai video', 'video'])(
			'finds the node when one types "%s"',
			async (words) => {
				await page.getByTestId('node-creator-plus-button').click();
				await page
					.getByPlaceholder(/search/i)
					.last()
					.fill(words);
				const found = page
					.getByTestId('item-iterator-item')
					.filter({ hasText: 'Make videos and images with Kling AI' });
				await found.first().waitFor();
				const icon = found.first().locator('img').first();
				expect(
					await icon.evaluate((image: { naturalWidth: number }) => image.naturalWidth),
				).toBeGreaterThan(0);
			},
		);

		it('shows the video playing after Execute Step', async () => {
			await page.locator(`[data-node-name="${NODE}"]`).first().dblclick({ force: true });
			await page.getByText('Execute step', { exact: true }).first().click();
			await page.getByTestId('radio-button-binary').click();
			await page.getByTestId('ndv-view-binary-data').first().click();
			const video = page.locator('video');
			await video.waitFor();
			const seconds = await video.evaluate(
				async (element: { readyState: number; duration: number; play(): Promise<void> }) => {
					await element.play();
					return element.readyState >= 2 ? element.duration : 0;
				},
			);
			expect(seconds).toBeGreaterThan(4);
			expect(world().simulator.ledger.charges).toHaveLength(1);
		});
	});
}
