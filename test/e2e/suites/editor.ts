import type { Browser, Page } from 'playwright-core';
import { join } from 'node:path';
import {
	readWorkflow,
	ROOT,
	saveCredential,
	saveWorkflow,
	withCredential,
	withParameters,
} from '../lib';
import { openBrowser, openPage, playVideo, signInAt } from '../lib/browser';
import { CREDENTIAL_TYPE, LOGIN, NODE_TYPE, type World } from '../world';

const WORKFLOW = 'e2e-editor';
const NODE = 'Kling';

/** What a person sees: the editor in a real browser. */
export function editorSuite(world: () => World): void {
	describe('in the editor', () => {
		let browser: Browser;
		let page: Page;

		beforeAll(async () => {
			browser = await openBrowser();
			page = await openPage(browser, { width: 1440, height: 1000 });
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
			await signInAt(page, `${n8n.baseUrl}/signin`, LOGIN);
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
					.filter({ hasText: 'Make videos, images and sounds with Kling AI' });
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
			expect(await playVideo(page)).toBeGreaterThan(4);
			expect(world().simulator.ledger.charges).toHaveLength(1);
		});
	});
}
