/** The pictures of the README, taken in the editor of a fresh `npm start`. */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openPage, Person, playVideo, signInAt } from './lib/browser';
import { executeStep, findKling, nodeNamed, view } from './newcomer';
import { NpmStarts, UP } from './npmStart';

const SETTLED_MS = 1500;
const SMALL = { width: 1280, height: 800 };
const LARGE = { width: 1440, height: 1000 };

interface Picture {
	name: string;
	/** Where it is taken: a path of n8n. */
	path: string;
	size: typeof SMALL;
	/** What is done before. */
	pose: (person: Person) => Promise<unknown>;
}

const openNode = async (person: Person, name: string) =>
	await person.doubleClick(nodeNamed(person.page, name));

const PICTURES: Picture[] = [
	{
		name: 'node-panel',
		path: '/workflow/kling-text-to-video',
		size: SMALL,
		async pose(person) {
			await person.click(person.page.getByTestId('node-creator-plus-button'));
			await findKling(person);
		},
	},
	{
		name: 'image-to-video',
		path: '/workflow/kling-product-image-to-video',
		size: SMALL,
		pose: async (person) => await openNode(person, 'Kling'),
	},
	{
		name: 'credential',
		path: '/workflow/kling-text-to-video',
		size: LARGE,
		async pose(person) {
			await openNode(person, 'Kling');
			await person.click(person.page.getByTestId('credential-edit-button'));
			await person.page.getByTestId('parameter-input-service').waitFor();
		},
	},
	{
		name: 'kling-trigger',
		path: '/workflow/kling-store-finished-videos',
		size: LARGE,
		async pose(person) {
			await openNode(person, 'Kling Trigger');
			const panel = person.page.getByTestId('ndv');
			await person.click(panel.getByText('Webhook URLs'));
			await person.click(panel.getByText('Production URL', { exact: true }));
		},
	},
	{
		name: 'video-in-output',
		path: '/workflow/kling-text-to-video',
		size: SMALL,
		async pose(person) {
			await openNode(person, 'Kling');
			await executeStep(person);
			await person.page.getByText('Node executed successfully').waitFor({ state: 'hidden' });
			await view(person);
			await playVideo(person.page);
		},
	},
	{
		name: 'agent',
		path: '/workflow/kling-agent-with-kling',
		size: SMALL,
		// Without the step back, n8n's button covers a name.
		pose: async (person) => await person.click(person.page.getByTestId('zoom-out-button')),
	},
];

/** Writes the pictures into a folder, over those that are there. Tells each file when it is written. */
export async function takeScreenshots(folder: string, tell: (file: string) => void): Promise<void> {
	const starts = new NpmStarts();
	let browser: Browser | undefined;
	try {
		const said = await starts.start([]).says(UP);
		const baseUrl = /http:\/\/127\.0\.0\.1:\d+(?=\/workflow)/.exec(said)?.[0] ?? '';
		browser = await openBrowser();
		const page = await openPage(browser, LARGE);
		await signInAt(page, `${baseUrl}/home/workflows`, starts.login());
		for (const picture of PICTURES) tell(await take(page, baseUrl, picture, folder));
	} finally {
		await browser?.close();
		await starts.end();
	}
}

async function take(
	page: Page,
	baseUrl: string,
	{ name, path, size, pose }: Picture,
	folder: string,
): Promise<string> {
	await page.setViewportSize(size);
	await page.goto(baseUrl + path);
	await pose(new Person(page));
	// Nothing is pointed at, and all that moves has come to rest.
	await page.mouse.move(1, 1);
	await page.waitForTimeout(SETTLED_MS);
	const file = join(folder, `${name}.png`);
	await page.screenshot({ path: file });
	return file;
}
