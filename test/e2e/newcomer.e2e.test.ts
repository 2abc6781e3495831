/** The first ten minutes: from `npm start` to a video that plays, in a real browser, with what it takes counted. */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { anyFreePort, ROOT, saveCredential, signIn, testCredential } from './lib';
import { openBrowser, openPage, Person, playVideo, signInAt } from './lib/browser';
import {
	executeAndSeeOther,
	executeStep,
	nodeNamed,
	openActions,
	runNewNode,
	view,
} from './newcomer';
import { NpmStarts, UP } from './npmStart';

const ledger = z.object({ charges: z.array(z.object({ taskId: z.string() })) });
const SIZE = { width: 1440, height: 1000 };

jest.setTimeout(180_000);

describe('the first ten minutes', () => {
	const starts = new NpmStarts();
	let browser: Browser;
	let said = '';
	const addressAfter = (word: string) =>
		new RegExp(`${word}: +(http://\\S+)`).exec(said)?.[1] ?? `nothing after ${word}`;

	beforeAll(async () => {
		browser = await openBrowser();
		said = await starts.start(['--port', String(await anyFreePort())]).says(UP);
	}, 240_000);
	afterAll(async () => {
		if (said) for (const file of await storedVideos()) rmSync(file, { force: true });
		await (browser as Browser | undefined)?.close();
		await starts.end();
	});

	/** Where n8n stores the video of each task that was made. */
	async function storedVideos(): Promise<string[]> {
		const { charges } = ledger.parse(await (await fetch(addressAfter('Simulator'))).json());
		return charges.map(({ taskId }) => join(ROOT, 'output', `kling-${taskId}.mp4`));
	}

	async function signedInAt(address: string): Promise<Person> {
		const page = await openPage(browser, SIZE);
		await signInAt(page, address, starts.login());
		return new Person(page);
	}

	it('it says where to look, and that the video is not what the prompt says', () => {
		expect(addressAfter('Workflow')).toMatch(/\/workflow\/kling-text-to-video$/);
		expect(said).toContain('the simulator does not read prompts');
		expect(said).toContain('reaches nothing outside');
	});

	it('the workflow that it names takes 3 clicks', async () => {
		const person = await signedInAt(addressAfter('Workflow'));
		await person.doubleClick(nodeNamed(person.page, 'Kling'));
		await executeStep(person);
		await view(person);
		expect(await playVideo(person.page)).toBeGreaterThan(4);
		person.report('From the sign-in to the video of the example');
		expect(person.clicks).toBeLessThanOrEqual(3);
	});

	it('a workflow of one’s own takes 9 clicks and one search', async () => {
		const person = await signedInAt(new URL('/', addressAfter('Workflow')).href);
		await person.click(person.page.getByTestId('project-home-menu-item'));
		await openActions(person);
		await runNewNode(person, 'A red kite over the sea');
		await view(person);
		expect(await playVideo(person.page)).toBeGreaterThan(4);
		person.report('From the sign-in to the video of a new node');
		expect(person.clicks).toBeLessThanOrEqual(9);
		expect(person.texts).toBeLessThanOrEqual(2);
	});

	it('the pair of trigger examples takes 7 clicks, and stores its videos', async () => {
		const person = await signedInAt(addressAfter('Trigger'));
		await executeAndSeeOther(person, 'Kling: store finished videos');
		await person.doubleClick(nodeNamed(person.page, 'Kling Trigger'));
		await view(person);
		expect(await playVideo(person.page)).toBeGreaterThan(4);
		person.report('From the sign-in to a video that the trigger brought');
		expect(person.clicks).toBeLessThanOrEqual(7);
		// One of each: what was downloaded at the start is stored, too.
		expect((await storedVideos()).filter((file) => existsSync(file)).length).toBeGreaterThan(1);
	});

	it('a real key is told why it reaches nobody', async () => {
		const rest = await signIn(new URL(addressAfter('Workflow')).origin, starts.login());
		const data = {
			service: 'klingGlobal',
			authentication: 'apiKey',
			apiKey: 'a-real-key-0123456789',
		};
		const credential = { name: 'A real account', type: 'klingApi', data };
		const id = await saveCredential(rest, credential);
		const { status, message } = await testCredential(rest, { ...credential, id });
		expect(status).toBe('Error');
		expect(message).toMatch(
			/started without an account and reaches nothing outside.*KLING_API_KEY=/,
		);
	});

	it('the ledger is a table in a browser', async () => {
		const page = await openPage(browser, SIZE);
		await page.goto(addressAfter('Simulator'));
		expect(await page.locator('tr.charge').count()).toBe((await storedVideos()).length);
	});
});
