import { KINDS } from '../../shared/core/kinds';
import type { Kind } from '../../shared/core/kinds';
import { field } from './field';
import type { KindField } from './field';
import { takersOf } from './modelSupport';
import { address, id, jsonObject, number, text, yesNo } from './types';

/** Members of the Options collections: those that every generating operation has, and those that several have. */

export const additionalFields = field(
	'extra',
	jsonObject({
		displayName: 'Additional Fields (JSON)',
		name: 'additionalFields',
		description:
			'Fields of the API that this node does not know yet, merged last into the request. Services ignore misspelt names silently.',
	}),
);

export const callbackUrl = field(
	'callback_url',
	address({
		of: 'callback',
		displayName: 'Callback URL',
		name: 'callbackUrl',
		displayOptions: { hide: { '/waitMode': ['suspend'] } },
		placeholder: 'e.g. https://n8n.example.com/webhook/…/kling',
		description:
			'Address that the service calls when the status of the task changes. To start another workflow, paste the Production URL of a Kling Trigger with the same credential; its secret token is added by itself.',
	}),
);

/** Nothing says that the Solutions API refuses a name that was used before. */
const refusesUsed = (kind: Kind) =>
	'solutions' in KINDS[kind].offers ? '' : ' Official Kling refuses one that was used before.';

export const externalTaskId: KindField = (kind) =>
	field(
		'external_task_id',
		id({
			displayName: 'External Task ID',
			name: 'externalTaskId',
			placeholder: 'e.g. order-1234',
			description: `A name of your own for the task, by which you can find it again.${refusesUsed(kind)} Only ${takersOf(kind, 'external_task_id').words}; if empty, the node gives each task a name there.`,
		}),
	);

/** No field of the request: it says what to do about a task that exists. */
export const reuseTask = yesNo({
	displayName: 'Reuse Existing Task',
	name: 'reuseTask',
	default: false,
	description:
		'Whether to take the task that exists under the External Task ID, if there is one, instead of making and paying for another. Makes a workflow safe to run again.',
});

export const watermark: KindField = (kind) => {
	const { words, all } = takersOf(kind, 'watermark_info');
	return field(
		'watermark_info',
		yesNo({
			displayName: 'Watermark',
			name: 'watermark',
			default: false,
			description: `Whether the service also makes a copy with a watermark. Its address is put out as watermarkUrl; the file is not downloaded.${all ? '' : ` Only ${words}.`}`,
		}),
		(on) => (on ? { enabled: true } : undefined),
	);
};

export const cfgScale = field(
	'cfg_scale',
	number({
		displayName: 'CFG Scale',
		name: 'cfgScale',
		default: 0.5,
		min: 0,
		max: 1,
		precision: 2,
		description:
			'How closely the video follows the prompt, from 0 to 1. Models from Kling V2 on ignore it.',
	}),
);

/** The description says of which video. */
export function keepOriginalSound(description: string) {
	return field(
		'keep_original_sound',
		yesNo({
			displayName: 'Keep Original Sound',
			name: 'keepOriginalSound',
			default: true,
			description,
		}),
		(keep) => (keep ? 'yes' : 'no'),
	);
}

export const negativePrompt = field(
	'negative_prompt',
	text({
		displayName: 'Negative Prompt',
		name: 'negativePrompt',
		rows: 2,
		placeholder: 'e.g. blur, text, watermark',
		description:
			'What to leave out. At most 2,500 characters; 200 at Ace Data Cloud and OpenAI-HK.',
	}),
);

export const sound = field(
	'sound',
	yesNo({
		displayName: 'Sound',
		name: 'sound',
		default: false,
		description:
			'Whether the video comes with sound, which costs more. With kling-v3-turbo it is always on.',
	}),
	(on) => (on ? 'on' : 'off'),
);
