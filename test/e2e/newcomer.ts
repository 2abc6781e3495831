/** What somebody does in the editor of `npm start`, step by step; the tests count it, the pictures of the README show it. */
import type { Locator, Page } from 'playwright-core';
import type { Person } from './lib/browser';

const RUN_MS = 60_000;

/** A node on the canvas. */
export const nodeNamed = (page: Page, name: string): Locator =>
	page.locator(`[data-node-name="${name}"]`);

/** Searches for the Kling node in the node panel, which is open, and opens its actions. */
export async function findKling(person: Person): Promise<void> {
	const { page } = person;
	await page
		.getByPlaceholder(/search/i)
		.last()
		.waitFor();
	await person.type('kling');
	await person.click(page.getByTestId('item-iterator-item').filter({ hasText: 'Kling' }));
}

/** From the list of workflows to the actions of the Kling node, in a new workflow. */
export async function openActions(person: Person): Promise<void> {
	const { page } = person;
	await person.click(page.getByTestId('add-resource-workflow'));
	await person.click(page.getByTestId('canvas-plus-button'));
	await findKling(person);
	// In an empty workflow the triggers are open, and the actions are not.
	await person.click(page.getByText(/^Actions \(/));
}

/** Chooses text to video, writes a prompt and runs the node until its file is there. */
export async function runNewNode(person: Person, prompt: string): Promise<void> {
	const { page } = person;
	await person.click(page.getByText('Generate video from text', { exact: true }));
	await person.click(page.getByTestId('parameter-input-prompt').locator('textarea'));
	await person.type(prompt);
	await executeStep(person);
}

/** Runs the node whose panel is open until its file is there. */
export async function executeStep(person: Person): Promise<void> {
	await person.click(person.page.getByText('Execute step', { exact: true }));
	await viewButton(person.page).waitFor({ timeout: RUN_MS });
}

/** Shows the file in the output of the node whose panel is open. */
export async function view(person: Person): Promise<void> {
	await person.click(viewButton(person.page));
}

const viewButton = (page: Page) => page.getByTestId('ndv-view-binary-data').first();

/** Runs the workflow that is open, and looks up the newest execution of another once there is one. */
export async function executeAndSeeOther(person: Person, other: string): Promise<void> {
	const { page } = person;
	await person.click(page.getByTestId('execute-workflow-button'));
	await page.getByText(/executed successfully/i).waitFor({ timeout: RUN_MS });
	await person.click(page.getByTestId('project-home-menu-item'));
	await person.click(page.getByTestId('workflow-card-name').filter({ hasText: other }));
	await page.getByTestId('canvas-wrapper').waitFor();
	await person.click(page.getByTestId('radio-button-executions'));
	const executions = page.locator('[data-test-id^=execution-details-]');
	await executions.first().waitFor({ timeout: RUN_MS });
	// Where the mouse was, n8n may explain something, and what it says would cover the list.
	await page.mouse.move(0, 0);
	// The list may have been empty when it was opened; then n8n selects nothing by itself.
	await person.click(executions);
}
