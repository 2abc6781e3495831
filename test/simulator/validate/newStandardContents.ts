import { badValue } from '../refusal';
import type { Fields } from './fields';
import { checkImage } from './images';
import type { PathRules } from './newStandardModels';
import type { ValidationContext } from './order';

/** What `contents` of the new standard hold, and what goes together. */

const LARGEST_MB = 50;
const IMAGES = ['first_frame', 'middle_frame', 'last_frame', 'refer_image', 'image'];
const VIDEOS = ['feature_video', 'base_video', 'video'];
const MENTION = /@[\p{L}\p{N}_]+/gu;

export interface Contents {
	prompt: string;
	/** How many there are of a type. */
	count(type: string): number;
	/** Elements that were made from a video. */
	videoElements: number;
}

/** One entry; tells whether it is an element made from a video. */
function readEntry(
	entry: Fields,
	type: string,
	rules: PathRules,
	context: ValidationContext,
): boolean {
	const { imageMb: maxMb = LARGEST_MB } = rules;
	if (IMAGES.includes(type)) checkImage(entry, 'url', { required: true, maxMb });
	if (VIDEOS.includes(type)) entry.url('url', { required: true });
	if (type === 'voice') context.needVoice(entry.text('voice_id', { required: true }) ?? '');
	if (type !== 'element') return false;
	const { isVideo } = context.needElement(entry.text('element_id', { required: true }) ?? '');
	if (isVideo && !rules.videoElements) {
		throw badValue('video character elements are not supported by the current model');
	}
	return isVideo;
}

/** Ids are told apart by looking for them in the prompt. */
function checkIds(ids: readonly string[], prompt: string): void {
	ids.forEach((id, index) => {
		const others = ids.filter((_, other) => other !== index);
		if (others.some((other) => other.includes(id) || id.includes(other))) {
			throw badValue(`id '${id}' must be unique and must not be part of another id`);
		}
		const clash = (prompt.match(MENTION) ?? []).find(
			(word) => word.startsWith(`@${id}`) && word !== `@${id}`,
		);
		if (clash) throw badValue(`id '${id}' conflicts with '${clash}' in the prompt`);
	});
}

export function readContents(
	fields: Fields,
	rules: PathRules,
	context: ValidationContext,
): Contents {
	const { promptMax: max } = rules;
	if (rules.bare) {
		const prompt = fields.text('prompt', { required: true, max }) ?? '';
		return { prompt, count: () => 0, videoElements: 0 };
	}
	const types: string[] = [];
	const ids: string[] = [];
	let prompt = '';
	let videoElements = 0;
	for (const entry of fields.list('contents', { required: true, max: 30 })) {
		const type = entry.text('type', { required: true }) ?? '';
		if (type === 'prompt') prompt = entry.text('text', { required: true, max }) ?? '';
		else if (!Object.hasOwn(rules.contents, type)) throw entry.invalid('type', type);
		types.push(type);
		const isNamed = type === 'element' || type === 'voice';
		const id = entry.text('id', { required: isNamed });
		if (id !== undefined) ids.push(id);
		if (readEntry(entry, type, rules, context)) videoElements += 1;
	}
	const count = (type: string) => types.filter((one) => one === type).length;
	for (const [type, most] of Object.entries({ prompt: 1, ...rules.contents })) {
		if (count(type) > most) throw badValue(`The number of ${type} must not exceed ${most}`);
	}
	for (const type of rules.needed) {
		if (count(type) === 0) throw badValue(`contents: ${type} is required`);
	}
	checkIds(ids, prompt);
	const contents = { prompt, count, videoElements };
	checkFrames(contents, rules);
	if (rules.most) checkCounts(contents, rules.most);
	else if (rules.kind === 'videos/omni-video') checkReferences(contents, rules);
	return contents;
}

function checkCounts({ count }: Contents, most: NonNullable<PathRules['most']>): void {
	const sum = (types: readonly string[]) => types.reduce((all, type) => all + count(type), 0);
	const [images, videos] = [sum(IMAGES), sum(VIDEOS)];
	if (images > most.images) throw badValue(`The number of images must not exceed ${most.images}`);
	if (videos > most.videos) throw badValue(`The number of videos must not exceed ${most.videos}`);
	if (images + videos + sum(['element', 'voice']) > most.all) {
		throw badValue(`The number of inputs must not exceed ${most.all}`);
	}
}

function checkFrames({ count }: Contents, { most }: PathRules): void {
	if (count('last_frame') > 0 && count('first_frame') === 0) {
		throw badValue('last_frame requires first_frame');
	}
	if (!most && count('first_frame') > 0 && count('element') > 3) {
		throw badValue('The number of element must not exceed 3 with first_frame');
	}
}

function checkReferences({ count, videoElements }: Contents, { isO1 }: PathRules): void {
	const [refer, feature, base] = ['refer_image', 'feature_video', 'base_video'].map(count) as [
		number,
		number,
		number,
	];
	const [first, last] = [count('first_frame'), count('last_frame')];
	const others = refer + count('element') - videoElements;
	if (feature + base > 1) throw badValue('Only one video is allowed');
	if (base > 0 && first > 0) throw badValue('first_frame is not supported with base_video');
	if (feature + base > 0) {
		if (others > 4) throw badValue('The number of images and elements must not exceed 4');
		if (videoElements > 0 && (others > 0 || videoElements > 1)) {
			throw badValue('A video character element must be the only reference beside a video');
		}
	} else if (videoElements > 0) {
		if (videoElements > 3) throw badValue('The number of video elements must not exceed 3');
		if (others > 4) throw badValue('The number of images and elements must not exceed 4');
	} else if (others > 7) throw badValue('The number of images and elements must not exceed 7');
	if (!isO1 || last === 0) return;
	if (others > 0) throw badValue('last_frame excludes refer_image and element');
	if (feature > 0) throw badValue('last_frame is not supported with feature_video');
}
