import { resultUrl } from './links';
import { KNOWN_ELEMENT_IDS } from './validate/models';
import type { Kept, KeptType } from './validate/order';
import type { Task } from './tasks';
import type { World } from './world';

/** Elements and voices: those that tasks have made and still keep, and the presets that every account has. */

export const ELEMENT_TAGS: Readonly<Record<string, string>> = {
	o_101: 'Hottest',
	o_102: 'Character',
	o_103: 'Animal',
	o_104: 'Item',
	o_105: 'Costume',
	o_106: 'Scene',
	o_107: 'Effect',
	o_108: 'Others',
};

export interface Preset {
	id: string;
	kept: Kept;
}

const PICTURE = 'https://presets.example.com/front.png';

function presetElement(id: string, name: string, referenceType: Kept['referenceType']): Preset {
	const isVideo = referenceType === 'video_refer';
	return {
		id,
		kept: {
			type: 'element',
			name,
			description: `A preset: ${name.toLowerCase()}`,
			referenceType,
			frontalImage: isVideo ? undefined : PICTURE,
			referImages: isVideo ? [] : [PICTURE],
			videoUrl: isVideo ? 'https://presets.example.com/clip.mp4' : undefined,
			tags: ['o_102'],
		},
	};
}

function presetVoice(id: string, name: string): Preset {
	return { id, kept: { type: 'voice', name, tags: [], referImages: [] } };
}

const PRESET_NAMES = ['Fox', 'Owl', 'Robot', 'Old Sailor'];

/** Preset voices; the ids of the first two are those of preset elements, too: the libraries know nothing of each other. */
const VOICE_IDS = [...KNOWN_ELEMENT_IDS.slice(0, 1), '831457288201461789', '835540017283948667'];

export const PRESETS: Readonly<Record<KeptType, readonly Preset[]>> = {
	element: KNOWN_ELEMENT_IDS.map((id, index) =>
		presetElement(id, PRESET_NAMES[index] ?? `Preset ${index}`, 'image_refer'),
	),
	voice: VOICE_IDS.map((id, index) =>
		presetVoice(id, ['Calm Narrator', 'Bright Girl', 'Deep Voice'][index] ?? `Preset ${index}`),
	),
};

/** What is known of an id: a preset, or what a finished task of the account keeps. */
export interface Known {
	id: string;
	kept: Kept;
	/** Absent for a preset. */
	task?: Task;
}

export function findKept(
	world: World,
	account: string,
	type: KeptType,
	id: string,
): Known | undefined {
	const preset = PRESETS[type].find((one) => one.id === id);
	if (preset) return preset;
	return keptOf(world, account, type).find((one) => one.id === id);
}

/** What the finished tasks of an account keep, oldest first. */
export function keptOf(world: World, account: string, type: KeptType): Known[] {
	const tasks = world.tasks
		.all()
		.filter((task) => task.account === account && !task.vanished)
		.filter((task) => world.tasks.status(task) === 'succeed');
	return tasks.flatMap((task) => {
		const { kept, resultIds } = task;
		return kept?.type === type ? resultIds.map((id) => ({ id, kept, task })) : [];
	});
}

type Json = Record<string, unknown>;

const KLING = 'kling';

function ownerOf({ task }: Known): string {
	return task ? `sim-user-${task.account}` : KLING;
}

function sampleOf(world: World, { id, task }: Known): string {
	if (!task) return `https://presets.example.com/${id}.mp3`;
	const { resultLifetimeMs: lifetimeMs } = world.settings;
	return resultUrl(task, 0, { cdnUrl: world.cdnUrl, lifetimeMs, extension: 'mp3' });
}

function voiceInfo(world: World, known: Known): Json {
	return {
		voice_id: known.id,
		voice_name: known.kept.name,
		trial_url: sampleOf(world, known),
		owned_by: ownerOf(known),
	};
}

/** In the legacy form: the id of an element is a number beyond 2^53, that of a voice is text. */
export function legacyKept(world: World, known: Known): Json {
	const { id, kept } = known;
	if (kept.type === 'voice') return voiceInfo(world, known);
	const voice =
		kept.voiceId === undefined
			? undefined
			: findKept(world, known.task?.account ?? '', 'voice', kept.voiceId);
	return {
		element_id: BigInt(id),
		element_name: kept.name,
		element_description: kept.description,
		reference_type: kept.referenceType,
		element_image_list:
			kept.frontalImage === undefined
				? null
				: {
						frontal_image: kept.frontalImage,
						refer_images: kept.referImages.map((image_url) => ({ image_url })),
					},
		element_video_list:
			kept.videoUrl === undefined ? null : { refer_videos: [{ video_url: kept.videoUrl }] },
		element_voice_info: voice ? voiceInfo(world, voice) : null,
		tag_list: kept.tags.map((tag_id) => ({ tag_id, tag_name: ELEMENT_TAGS[tag_id] })),
		owned_by: ownerOf(known),
		status: kept.deleted ? 'deleted' : 'succeed',
	};
}

/** In the form of the new standard, where all ids are text. */
export function unifiedKept(world: World, known: Known): Json {
	const { id, kept } = known;
	const shared = {
		type: kept.type,
		id,
		name: kept.name,
		owned_by: ownerOf(known),
		status: kept.deleted ? 'deleted' : 'succeeded',
	};
	if (kept.type === 'voice') return { ...shared, url: sampleOf(world, known) };
	const isVideo = kept.referenceType === 'video_refer';
	return {
		...shared,
		description: kept.description,
		element_type: isVideo ? 'video_character_elements' : 'multi_image_elements',
		references: isVideo
			? [{ type: 'video', role: 'refer', url: kept.videoUrl }]
			: [
					{ type: 'image', role: 'frontal', url: kept.frontalImage },
					...kept.referImages.map((url) => ({ type: 'image', role: 'refer', url })),
				],
		tags: kept.tags.map((tag) => ({ id: tag, name: ELEMENT_TAGS[tag], description: '' })),
	};
}

/** A preset as lists tell it: like a task, but nobody asked for it. */
export function presetRecord(world: World, preset: Preset, time: number): Json {
	return {
		task_id: `preset-${preset.id}`,
		task_status: 'succeed',
		task_status_msg: '',
		task_result: { [`${preset.kept.type}s`]: [legacyKept(world, preset)] },
		created_at: time,
		updated_at: time,
	};
}
