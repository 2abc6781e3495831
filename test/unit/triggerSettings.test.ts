/** The switches of the trigger, which expressions may fill with anything: what is unclear makes it stricter, never laxer. */
import type { IWebhookFunctions } from 'n8n-workflow';

import { readSettings } from '../../nodes/KlingTrigger/parameters';

function settingsWith(confirm: unknown, more: unknown) {
	const given: Record<string, unknown> = { confirm, more };
	return readSettings({
		getNodeParameter: (name: string, preset: unknown) => given[name] ?? preset,
		getMode: () => 'webhook',
	} as unknown as IWebhookFunctions);
}

it.each([
	[true, true],
	['TRUE', true],
	['yes', true],
	['maybe', true],
	[{}, true],
	[false, false],
	['FALSE', false],
	['off', false],
	[0, false],
])('%j counts as %j', (given, expected) => {
	expect(settingsWith(given, { requireToken: given, requireSignature: given })).toMatchObject({
		confirm: expected,
		requireToken: expected,
		requireSignature: expected,
	});
});

it.each([undefined, null, '', ' '])('%j leaves the defaults', (given) => {
	expect(settingsWith(given, { requireToken: given, requireSignature: given })).toMatchObject({
		confirm: true,
		requireToken: true,
		requireSignature: false,
	});
});
