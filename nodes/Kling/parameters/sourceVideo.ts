import type { INodeProperties } from 'n8n-workflow';

import { KlingError, refuseParameter, toKlingError } from '../../shared/core/errors';
import { resultsOf } from '../../shared/core/task';
import { tell } from '../../shared/n8n/host';
import { isNotFound } from '../../shared/providers/createFailure';
import type { Field, Parameter } from './field';
import type { ItemReader } from './reader';
import { asAddress, asId } from './lists';
import { address, choice, id } from './types';
import { BINARY_FILE, videoFile } from './videoFile';

/** Videos as input: one that Kling made, by its id, or any by its web address. */

/** What is done with a video, in words: "extend", and what is said of the video afterwards: "was extended". */
export interface Doing {
	toDo: string;
	done: string;
}

/**
 * Kling takes the id of a video, which is not the id of its task; people mix them up. An id that looks like a task's
 * is looked up, which is free, and its video taken instead. Throws `invalidInput` when that task has no video, and what went
 * wrong when it cannot be looked up.
 */
export async function videoIdFor(
	{ context, provider, client }: ItemReader,
	id: string,
	{ toDo, done }: Doing,
): Promise<string> {
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
			`Video ID ${id} is the ID of a task whose status is ${task.status} and that has no video to ${toDo}`,
			{
				parameter: 'Video ID',
				advice: 'Wait until the task is done, and give the ID of its video (videoId)',
			},
		);
	}
	tell(
		context,
		`${id} is the ID of a task, not of a video. Its video ${found} ${done}. Use videoId instead of taskId to save the look-up.`,
	);
	return found;
}

const VIDEO_ID = { displayName: 'Video ID', name: 'videoId' };

/** The Video ID parameter; `must` says what the video has to be besides, e.g. "last 3 to 20 seconds". */
export function videoIdOf(
	must: string,
	displayOptions?: INodeProperties['displayOptions'],
): Parameter<string | undefined> {
	return id({
		...VIDEO_ID,
		required: true,
		placeholder: 'e.g. cb6a5273-e12b-4731-98e7-c6fd45302027',
		description: `The videoId of a finished task – not its taskId, though that is looked up for you. The video must be at most 30 days old, and ${must}.`,
		...(displayOptions && { displayOptions }),
	});
}

interface SourceSpec {
	/** Which videos Kling takes, e.g. "MP4 or MOV, at most 100 MB"; of the address. */
	limits: string;
	/** How long they may be, e.g. "3 to 20 seconds"; of both. */
	length: string;
	doing: Doing;
	/** The largest file, where it may be one; it may not, unless said. */
	maxMb?: number;
	/** When it is shown; always, unless said. */
	displayOptions?: INodeProperties['displayOptions'];
}

/** Where the video is looked for in the incoming item: what this node puts out for a video. */
function videoOfItem({ context, itemIndex }: ItemReader): { id?: string; url?: string } {
	const json: Record<string, unknown> = context.getInputData()[itemIndex]?.json ?? {};
	const [id, url] = [asId(json.videoId, VIDEO_ID), asAddress(json.videoUrl, 'Video URL', 'video')];
	if (id !== undefined) return { id };
	if (url !== undefined) return { url };
	return refuseParameter(
		'Video',
		'is not in the incoming item, which has neither videoId nor videoUrl',
	);
}

/** One video by its id or its address, as `video_id` or `video_url`. Throws `invalidInput`. */
export function sourceVideo({ limits, length, doing, maxMb, displayOptions }: SourceSpec): Field {
	const source = choice({
		displayName: 'Video Input Type',
		name: 'videoSource',
		default: 'id',
		description: 'Where the video comes from',
		options: [
			...(maxMb === undefined ? [] : [BINARY_FILE]),
			{
				name: 'Incoming Item',
				value: 'item',
				description: 'The videoId of the item, or else its videoUrl',
			},
			{ name: 'Kling Video ID', value: 'id', description: 'A video that Kling made' },
			{ name: 'URL', value: 'url', description: 'Any video on the web' },
		],
		...(displayOptions && { displayOptions }),
	});
	const when = (value: string) => ({
		...displayOptions,
		show: { ...displayOptions?.show, videoSource: [value] },
	});
	const videoId = videoIdOf(`last ${length}`, when('id'));
	const videoUrl = address({
		of: 'video',
		displayName: 'Video URL',
		name: 'videoUrl',
		required: true,
		placeholder: 'e.g. https://example.com/clip.mp4',
		description: `Web address of the video: ${limits}, ${length}`,
		displayOptions: when('url'),
	});
	const file = videoFile({
		title: 'Video',
		name: 'videoBinary',
		maxMb,
		limits: `${limits}, ${length}`,
		displayOptions: when(BINARY_FILE.value),
	});
	const given = async (item: ItemReader): Promise<{ id?: string; url?: string }> => {
		const from = source.read(item);
		if (from === BINARY_FILE.value) return { url: await file.read(item) };
		if (from === 'item') return videoOfItem(item);
		if (from === 'url') {
			return { url: videoUrl.read(item) ?? refuseParameter('Video URL', 'must not be empty') };
		}
		return { id: videoId.read(item) ?? refuseParameter('Video ID', 'must not be empty') };
	};
	return {
		properties: [
			...source.properties,
			...videoId.properties,
			...videoUrl.properties,
			...(maxMb === undefined ? [] : file.properties),
		],
		async read(item) {
			const { id, url } = await given(item);
			return id === undefined
				? { video_url: url }
				: { video_id: await videoIdFor(item, id, doing) };
		},
	};
}
