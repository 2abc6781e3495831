import { KlingError, toKlingError } from '../../../shared/core/errors';
import { isNotFound } from '../../../shared/providers/createFailure';
import { checkOffered } from '../../../shared/providers/checkRequest';
import { waitFields } from '../../parameters/waiting';
import { asId, blankToUndefined, readCollection } from '../../parameters/values';
import { optionsCollection, prompt } from '../../parameters/basics';
import * as option from '../../parameters/options';
import { fieldsOf } from '../../parameters/optionValues';
import type { Session } from '../../../shared/n8n/session';
import type { GenerationOperation } from '../types';

/**
 * Kling extends by the id of a video, which is not the id of its task; people mix them up. An id that looks like a task's
 * is looked up, which is free, and its video taken instead. Throws `invalidInput` when that task has no video, and what went
 * wrong when it cannot be looked up.
 */
async function videoIdFor(session: Session, id: string): Promise<string> {
	const { context, provider, client } = session;
	if (!provider.taskId.test(id)) return id;
	const task = await client.findById(id).catch((thrown: unknown) => {
		// What no task has may be a video after all; but the id of a task, sent for a video, might be paid for.
		if (isNotFound(toKlingError(thrown))) return undefined;
		throw thrown;
	});
	if (!task) return id;
	const found = task.videos[0]?.id;
	if (found === undefined) {
		throw new KlingError(
			'invalidInput',
			`Video ID ${id} is the ID of a task whose status is ${task.status} and that has no video to extend`,
			{
				parameter: 'Video ID',
				advice: 'Wait until the task is done, and give the ID of its video (videoId)',
			},
		);
	}
	context.addExecutionHints({
		message: `${id} is the ID of a task, not of a video. Its video ${found} was extended. Use videoId instead of taskId to save the look-up.`,
		location: 'outputPane',
	});
	return found;
}

/** Video → Extend. */
export const videoExtend: GenerationOperation = {
	name: 'Extend',
	description: 'Make a finished video 4 to 5 seconds longer',
	action: 'Extend a video',
	fields: [
		{
			displayName: 'Video ID',
			name: 'videoId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. cb6a5273-e12b-4731-98e7-c6fd45302027',
			description:
				'The videoId of a finished task – not its taskId, though that is looked up for you. The video must be at most 30 days old, and made with Kling V1, V1.5 or V1.6.',
		},
		prompt(
			'e.g. The camera moves back and shows the whole street',
			'How the video goes on, in at most 2,500 characters. May be left empty.',
		),
		optionsCollection([
			option.additionalFields,
			option.callbackUrl,
			option.cfgScale,
			option.externalTaskId,
			{
				displayName: 'Model (Ace Data Cloud)',
				name: 'aceModel',
				type: 'string',
				default: 'kling-v1-6',
				description:
					'The model that made the video. Only Ace Data Cloud asks for it; elsewhere it is known.',
			},
			option.negativePrompt,
			option.reuseTask,
			option.watermark,
		]),
		...waitFields,
	],

	async readRequest(session, itemIndex) {
		const { context } = session;
		const options = readCollection(context, 'options', itemIndex);
		// Before the look-up, which would be a request to a service that cannot extend anyway.
		checkOffered(session.provider, 'video-extend');
		const id = asId(context.getNodeParameter('videoId', itemIndex, ''), 'Video ID');
		return {
			kind: 'video-extend',
			video_id: id === undefined ? undefined : await videoIdFor(session, id),
			prompt: blankToUndefined(context.getNodeParameter('prompt', itemIndex, '')),
			...fieldsOf(options),
			model_name:
				blankToUndefined(options.aceModel) ?? session.provider.defaultModels['video-extend'],
		};
	},
};
