import { existsSync } from 'node:fs';
import { type Browser, chromium, type Locator, type Page, selectors } from 'playwright-core';
import type { Login } from './session';

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
const PATIENCE_MS = 30_000;

/** Chromium without a window. */
export async function openBrowser(): Promise<Browser> {
	if (!existsSync(CHROMIUM)) {
		throw new Error(`Chromium is missing at ${CHROMIUM}; set CHROMIUM_PATH if it is elsewhere`);
	}
	selectors.setTestIdAttribute('data-test-id');
	return await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
}

export async function openPage(
	browser: Browser,
	viewport: { width: number; height: number },
): Promise<Page> {
	const page = await browser.newPage({ viewport });
	page.setDefaultTimeout(PATIENCE_MS);
	return page;
}

/** Opens an address of n8n, which asks who one is and then goes on to it. */
export async function signInAt(page: Page, address: string, login: Login): Promise<void> {
	await page.goto(address);
	await page.fill('input[name=emailOrLdapLoginId], input[type=email]', login.email);
	await page.fill('input[type=password]', login.password);
	await page.keyboard.press('Enter');
	// The address asked for is part of the sign-in page's own.
	await page.waitForURL(({ pathname }) => pathname !== '/signin');
}

/** Plays the video that the page shows, and tells how many seconds it has; 0 when it cannot be played. */
export async function playVideo(page: Page): Promise<number> {
	const video = page.locator('video');
	await video.waitFor();
	return await video.evaluate(
		async (element: { readyState: number; duration: number; play(): Promise<void> }) => {
			await element.play();
			return element.readyState >= 2 ? element.duration : 0;
		},
	);
}

/** How long something may be covered by n8n's own words; they go away by themselves, mostly. */
const COVERED_MS = 10_000;

/** Somebody who is shown the editor for the first time: counts what they have to do. */
export class Person {
	/** A double click is one. */
	clicks = 0;
	/** How often they typed something. */
	texts = 0;
	private readonly begin = Date.now();

	constructor(readonly page: Page) {}

	async click(target: Locator): Promise<void> {
		this.clicks += 1;
		const one = target.first();
		try {
			await one.click({ timeout: COVERED_MS });
		} catch {
			// n8n explains something, and what it says covers the middle of it.
			await this.page.keyboard.press('Escape');
			await one.click({ position: { x: 4, y: 4 } });
		}
	}

	async doubleClick(target: Locator): Promise<void> {
		this.clicks += 1;
		await target.first().dblclick({ force: true });
	}

	/** Into what has the focus. */
	async type(text: string): Promise<void> {
		this.texts += 1;
		await this.page.keyboard.type(text);
	}

	/** Prints what it took, beside jest's report. */
	report(path: string): void {
		const seconds = ((Date.now() - this.begin) / 1000).toFixed(1);
		process.stderr.write(
			`${path}: ${this.clicks} clicks, ${this.texts} texts typed, ${seconds} s\n`,
		);
	}
}
