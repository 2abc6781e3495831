import { badValue } from '../refusal';
import { decodeBase64 } from './base64';
import { Fields, isHttpUrl } from './fields';
import { checkTryOnImage } from './images';
import type { Order, ValidationContext } from './order';

// The rules of the Solutions API: what something is made from lies in `contents`, how in `settings`, the rest in `options`.

/** How one type of content is read, and how often it may be there. */
export interface ContentRule {
	min: number;
	max: number;
	/** Refuses what the content does not take. */
	read: (content: Fields) => void;
}

const MOST_CONTENTS = 500;
const CALLBACK_MAX = 1024;

/** The contents by their types. Those of a type that the page does not know are refused. */
export function readContents(
	fields: Fields,
	rules: Readonly<Record<string, ContentRule>>,
): ReadonlyMap<string, Fields[]> {
	const types = Object.keys(rules);
	const found = new Map<string, Fields[]>(types.map((type) => [type, []]));
	for (const content of fields.list('contents', { required: true, max: MOST_CONTENTS })) {
		const type = content.text('type', { required: true, oneOf: types }) ?? '';
		rules[type]?.read(content);
		found.get(type)?.push(content);
	}
	for (const [type, { min, max }] of Object.entries(rules)) {
		const { length } = found.get(type) ?? [];
		if (length < min || length > max) {
			const allowed = min === max ? String(min) : `${min} to ${max}`;
			throw badValue(`contents must have ${allowed} of type ${type}, not ${length}`);
		}
	}
	return found;
}

/** The settings; an empty object where there are none. */
export function readSettings(fields: Fields): Fields {
	return fields.object('settings') ?? new Fields({}, 'settings.');
}

/** A file anybody can fetch. */
export const addressOf = (content: Fields): void => void content.url('url', { required: true });

/** An address, or the file as base64. */
export const fileOf = (content: Fields): void => {
	const file = content.text('url', { required: true }) ?? '';
	if (!isHttpUrl(file)) decodeBase64(file);
};

export const textOf =
	(max: number) =>
	(content: Fields): void =>
		void content.text('text', { required: true, max });

/** All texts of one type, in one. */
export function textsIn(contents: ReadonlyMap<string, Fields[]>, ...types: string[]): string {
	const all = types.flatMap((type) => contents.get(type) ?? []);
	return all.map((content) => content.text('text') ?? '').join(' ');
}

/** What every solution takes. Most pages call the wish for a watermark `watermark`, not `watermark_info`. */
export function readOptions(
	fields: Fields,
	watermarkField: 'watermark' | 'watermark_info' = 'watermark',
): Pick<Order, 'watermark' | 'externalTaskId' | 'callbackUrl'> {
	const options = fields.object('options');
	if (!options) return { watermark: false };
	const callbackUrl = options.url('callback_url');
	if ((callbackUrl ?? '').length > CALLBACK_MAX) {
		throw badValue(`options.callback_url exceeds the maximum length of ${CALLBACK_MAX} characters`);
	}
	return {
		watermark: options.object(watermarkField)?.flag('enabled') ?? false,
		externalTaskId: options.text('external_task_id'),
		callbackUrl,
	};
}

/** The same at Ace Data Cloud, where it lies beside contents and settings. */
export function readAceOptions(fields: Fields): Pick<Order, 'watermark' | 'callbackUrl'> {
	fields.flag('async');
	return { watermark: fields.flag('watermark') ?? false, callbackUrl: fields.url('callback_url') };
}

type Bare = Omit<Order, 'watermark' | 'externalTaskId' | 'callbackUrl'>;

/** As 1.12 credits at a reseller are to 2.38 for a second of product video. */
const TRY_ON_UNITS = 32;

/** POST /solutions/virtual_try_on: addresses only. */
export function virtualTryOn(fields: Fields, { uploaded }: ValidationContext): Bare {
	const one: ContentRule = {
		min: 1,
		max: 1,
		read(content) {
			const bytes = uploaded(content.url('url', { required: true }) ?? '');
			if (bytes) checkTryOnImage(bytes);
		},
	};
	readContents(fields, { product_image: one, person_image: one });
	const settings = readSettings(fields);
	for (const kept of ['keep_face', 'keep_pose', 'keep_background']) settings.flag(kept);
	return { modelName: '', mode: '', seconds: 0, images: 1, units: TRY_ON_UNITS, prompt: '' };
}

const LENGTHS = [15, 30, 60];
/** In units, each second. */
const GOODS_UNITS: Readonly<Record<string, number>> = { '720p': 1.7, '1080p': 2 };

/** POST /solutions/e-commerce/goods_studio: every setting is needed. */
export function goodsStudio(fields: Fields): Bare {
	const contents = readContents(fields, {
		ref_image: { min: 1, max: 5, read: fileOf },
		goods_title: { min: 1, max: 1, read: textOf(200) },
		goods_description: { min: 0, max: 1, read: textOf(2000) },
	});
	const settings = readSettings(fields);
	const mode =
		settings.text('resolution', { required: true, oneOf: Object.keys(GOODS_UNITS) }) ?? '';
	settings.text('aspect_ratio', { required: true, oneOf: ['9:16', '1:1', '16:9'] });
	const seconds = settings.integer('duration', { required: true, min: 15, max: 60 }) ?? 0;
	if (!LENGTHS.includes(seconds)) throw settings.invalid('duration', seconds);
	return {
		modelName: '',
		mode,
		seconds,
		images: 0,
		units: seconds * (GOODS_UNITS[mode] ?? 0),
		prompt: textsIn(contents, 'goods_title', 'goods_description'),
	};
}
