import { KlingError, toKlingError } from '../../../shared/core/errors';
import { resultsOf } from '../../../shared/core/task';
import { isNotFound } from '../../../shared/providers/createFailure';
import { prompt } from '../../parameters/basics';
import { field, shownOnly } from '../../parameters/field';
import { cfgScale, negativePrompt } from '../../parameters/options';
import type { ItemReader } from '../../parameters/reader';
import { id, trimmedText } from '../../parameters/types';
import { generation } from '../builders';

/**
 * Kling extends by the id of a video, which is not the id of its task; people mix them up. An id that looks like a task's
 * is looked up, which is free, and its video taken instead. Throws `invalidInput` when that task has no video, and what went
 * wrong when it cannot be looked up.
 */
async function videoIdFor({ context, provider, client }: ItemReader, id: string): Promise<string> {
	if (!provider.taskId.test(id)) return id;
	const task = await client.findById(id).catch((thrown: unknown) => {
		// What no task has may be a video after all; but the id of a task, sent for a video, might be paid for.
		if (isNotFound(toKlingError(thrown))) return undefined;
		throw thrown;
	});
	if (!task) return id;
	const found = resultsOf(task, 'video')[0]?.id;
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

const videoId = id({
	displayName: 'Video ID',
	name: 'videoId',
	required: true,
	placeholder: 'e.g. cb6a5273-e12b-4731-98e7-c6fd45302027',
	description:
		'The videoId of a finished task – not its taskId, though that is looked up for you. The video must be at most 30 days old, and made with Kling V1, V1.5 or V1.6.',
});

const aceModel = trimmedText({
	displayName: 'Model (Ace Data Cloud)',
	name: 'aceModel',
	default: 'kling-v1-6',
	description:
		'The model that made the video. Only Ace Data Cloud asks for it; elsewhere it is known.',
});

/** Video → Extend. */
export const videoExtend = generation('video-extend', {
	name: 'Extend',
	description: 'Make a finished video 4 to 5 seconds longer',
	action: 'Extend a video',
	fields: [
		shownOnly(videoId),
		prompt({
			placeholder: 'e.g. The camera moves back and shows the whole street',
			description: 'How the video goes on, in at most 2,500 characters. May be left empty.',
		}),
	],
	options: [cfgScale, field('model_name', aceModel), negativePrompt],
	async read(draft, item) {
		const given = videoId.read(item);
		return {
			...draft,
			video_id: given === undefined ? undefined : await videoIdFor(item, given),
			model_name: draft.model_name ?? item.provider.defaultModels[draft.kind],
		};
	},
});
