import type { Workflow } from '../../e2e/lib';
import { buildWorkflow, EACH_PROMPT, inARow, type Step, type Wire, webhook } from './build';
import { MODEL } from './kling';

/** As n8n's own OpenAI video node waits between two looks. */
export const LOOK_EVERY_S = 10;

const CREATE = 'Create';
const WAIT = 'Wait';
const LOOK = 'Look';
const IS_DONE = 'Done?';
const DOWNLOAD = 'Download';
const LOOP = 'Loop Over Items';

export interface HttpSettings {
	/** Of the service. */
	baseUrl: string;
	/** A Bearer Auth credential in n8n. */
	credentialId: string;
}

/** What people build who have no node for Kling; each item goes on as soon as it is done. */
export function allAtOnce(
	path: string,
	settings: HttpSettings,
	retry: Record<string, unknown> = {},
): Workflow {
	const [create, ...others] = chain(settings, ITEM_IS_DONE);
	return buildWorkflow(
		path,
		[
			webhook(path),
			EACH_PROMPT,
			...(create ? [{ ...create, more: { ...create.more, ...retry } }] : []),
			...others,
		],
		[...inARow('Webhook', 'Each Prompt', CREATE), ...CHAIN_WIRES],
	);
}

/** The same in a loop over batches: the next batch begins when the last item of this one is done. */
export function inBatches(path: string, batchSize: number, settings: HttpSettings): Workflow {
	const loop: Step = {
		name: LOOP,
		type: 'n8n-nodes-base.splitInBatches',
		typeVersion: 3,
		parameters: { batchSize, options: {} },
	};
	return buildWorkflow(
		path,
		[webhook(path), EACH_PROMPT, loop, ...chain(settings, ALL_ARE_DONE)],
		[
			...inARow('Webhook', 'Each Prompt', LOOP),
			[LOOP, CREATE, 1],
			...CHAIN_WIRES,
			[DOWNLOAD, LOOP],
		],
	);
}

const CHAIN_WIRES: readonly Wire[] = [
	...inARow(CREATE, WAIT, LOOK, IS_DONE),
	[IS_DONE, DOWNLOAD, 0],
	[IS_DONE, WAIT, 1],
];

const ITEM_IS_DONE = '={{ $json.data.task_status === "succeed" }}';
/** Without it the items that are done would begin the next batch while others still hold their slots. */
const ALL_ARE_DONE =
	'={{ $input.all().every((item) => item.json.data.task_status === "succeed") }}';

function chain(settings: HttpSettings, done: string): Step[] {
	const { baseUrl } = settings;
	const tasks = `${baseUrl}/v1/videos/text2video`;
	const create = request(CREATE, settings, {
		method: 'POST',
		url: tasks,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: `={{ JSON.stringify({ model_name: "${MODEL}", prompt: $json.prompt, mode: "std", duration: "5" }) }}`,
	});
	const wait: Step = {
		name: WAIT,
		type: 'n8n-nodes-base.wait',
		typeVersion: 1.1,
		parameters: { resume: 'timeInterval', amount: LOOK_EVERY_S, unit: 'seconds' },
	};
	const look = request(LOOK, settings, { url: `=${tasks}/{{ $json.data.task_id }}` });
	const isDone: Step = {
		name: IS_DONE,
		type: 'n8n-nodes-base.if',
		typeVersion: 2.2,
		parameters: {
			conditions: {
				options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
				combinator: 'and',
				conditions: [
					{
						id: 'done',
						leftValue: done,
						rightValue: '',
						operator: { type: 'boolean', operation: 'true', singleValue: true },
					},
				],
			},
			options: {},
		},
	};
	return [create, wait, look, isDone, fileRequest('={{ $json.data.task_result.videos[0].url }}')];
}

function request(
	name: string,
	{ credentialId }: HttpSettings,
	parameters: Record<string, unknown>,
): Step {
	return {
		name,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			authentication: 'genericCredentialType',
			genericAuthType: 'httpBearerAuth',
			options: {},
			...parameters,
		},
		more: { credentials: { httpBearerAuth: { id: credentialId, name: 'Kling' } } },
	};
}

/** n8n's HTTP Request as it downloads a file. */
export function fileRequest(url: string): Step {
	return {
		name: DOWNLOAD,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { url, options: { response: { response: { responseFormat: 'file' } } } },
	};
}
