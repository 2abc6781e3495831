import type { IExecuteFunctions } from 'n8n-workflow';

import { KlingError } from '../../shared/core/errors';
import { readPictureValue } from './images';
import { asId, asIds, asJsonObject, asNumber, blankToUndefined, readRows } from './values';
import type { Collection } from './values';

/** How the members of an Options collection become fields of a request. */

function cameraOf(value: unknown): unknown {
	const row = readRows(value, 'movement')[0];
	if (!row) return undefined;
	const type = row.type ?? 'simple';
	if (type !== 'simple') return { type };
	const axis = typeof row.axis === 'string' ? row.axis : 'zoom';
	return { type, config: { [axis]: asNumber(row.amount ?? 5) } };
}

function shotsOf(value: unknown): unknown {
	const rows = readRows(value, 'shot');
	if (rows.length === 0) return undefined;
	return rows.map((row, place) => ({
		index: place + 1,
		prompt: row.prompt ?? '',
		duration: asNumber(row.duration ?? 3),
	}));
}

/** A path as JSON text or as the list itself; what is neither stays, for the schema to complain about. */
function pathOf(value: unknown): unknown {
	if (typeof value !== 'string') return value;
	try {
		return JSON.parse(value) as unknown;
	} catch {
		return [];
	}
}

/** Static Mask and Motion Brush, whose pictures may be binary data of the item. Throws `invalidInput`. */
export async function masksOf(
	context: IExecuteFunctions,
	itemIndex: number,
	options: Collection,
): Promise<Record<string, unknown>> {
	const picture = async (value: unknown, title: string) =>
		await readPictureValue(context, itemIndex, value, title);
	const rows = readRows(options.motionBrush, 'motion');
	const brush: unknown[] = [];
	for (const { mask, path } of rows) {
		const image = blankToUndefined(mask) === undefined ? '' : await picture(mask, 'Motion Brush');
		brush.push({ mask: image, trajectories: pathOf(path) });
	}
	return {
		static_mask: blankToUndefined(options.staticMask)
			? await picture(options.staticMask, 'Static Mask')
			: undefined,
		dynamic_masks: brush.length > 0 ? brush : undefined,
	};
}

/** The members of an Options collection as fields of a request. */
export function fieldsOf(options: Collection): Record<string, unknown> {
	const multi = blankToUndefined(options.multiShot);
	const voices = asIds(options.voiceIds, 'Voice IDs');
	const elements = asIds(options.elementIds, 'Element IDs');
	const shots = shotsOf(options.shots);
	if (shots !== undefined && multi !== 'customize') {
		throw new KlingError('invalidInput', 'Shots need Multi-Shot to be Custom', {
			parameter: 'Shots',
		});
	}
	return {
		negative_prompt: blankToUndefined(options.negativePrompt),
		cfg_scale: asNumber(options.cfgScale),
		camera_control: cameraOf(options.cameraMovement),
		...(options.sound === undefined ? {} : { sound: options.sound === true ? 'on' : 'off' }),
		...(multi === undefined ? {} : { multi_shot: true, shot_type: multi }),
		multi_prompt: shots,
		aspect_ratio: blankToUndefined(options.aspectRatio),
		element_list: elements?.map((element_id) => ({ element_id })),
		voice_list: voices?.map((voice_id) => ({ voice_id })),
		...(options.watermark === true ? { watermark_info: { enabled: true } } : {}),
		callback_url: blankToUndefined(options.callbackUrl),
		external_task_id: asId(options.externalTaskId, 'External Task ID'),
		extra: asJsonObject(options.additionalFields, 'Additional Fields (JSON)'),
	};
}
