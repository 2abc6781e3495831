import { badValue } from '../refusal';
import { Fields } from './fields';
import { readContents, type Contents } from './newStandardContents';
import type { PathRules } from './newStandardModels';
import type { Order, ValidationContext } from './order';
import { readCommon } from './parts';

export { rulesFor } from './newStandardModels';

const MODES: Readonly<Record<string, string>> = { '720p': 'std', '1080p': 'pro', '4k': '4k' };
const USUAL_SECONDS = 5;
const MOST_SHOTS = 6;
const SHOT_PROMPT_MAX = 512;

interface Settings {
	multiShot: boolean;
	audio: string | undefined;
	resolution: string;
	ratio: string | undefined;
	seconds: number;
	orientation: string | undefined;
}

/** What a create of the new standard orders, or a refusal. */
export function orderOf(fields: Fields, rules: PathRules, context: ValidationContext): Order {
	const contents = readContents(fields, rules, context);
	const settings = readSettings(fields.object('settings') ?? new Fields({}), rules);
	checkTogether(settings, contents, rules);
	if (settings.multiShot || rules.shotsByWords) checkShots(contents.prompt, settings.seconds);
	return {
		modelName: rules.model,
		mode: MODES[settings.resolution] ?? 'std',
		seconds: settings.seconds,
		images: 0,
		prompt: contents.prompt,
		...readCommon(fields.object('options') ?? new Fields({})),
	};
}

function readSettings(settings: Fields, rules: PathRules): Settings {
	const { resolutions, ratios, audio, durations, multiShot } = rules;
	const seconds = durations && settings.integer('duration', { min: 1, max: 60 });
	if (seconds !== undefined && !durations?.includes(seconds)) {
		throw settings.invalid('duration', seconds);
	}
	return {
		orientation:
			rules.orientation &&
			settings.text('character_orientation', { required: true, oneOf: ['image', 'video'] }),
		// On unless said.
		multiShot: multiShot === true && (settings.flag('multi_shot') ?? true),
		audio: audio && (settings.text('audio', { oneOf: audio }) ?? audio[0]),
		resolution: settings.text('resolution', { oneOf: resolutions }) ?? resolutions[0] ?? '',
		ratio: ratios && settings.text('aspect_ratio', { oneOf: ratios }),
		seconds: seconds ?? USUAL_SECONDS,
	};
}

function checkTogether(settings: Settings, { count }: Contents, rules: PathRules): void {
	const { audio, resolution, multiShot, ratio, seconds } = settings;
	const { fullHdFor = [] } = rules;
	const isFullHd = resolution === '1080p';
	if (audio === 'native' && fullHdFor.includes('native') && !isFullHd) {
		throw badValue('audio native is only supported with resolution 1080p');
	}
	if (count('last_frame') > 0 && fullHdFor.includes('last_frame') && !isFullHd) {
		throw badValue('last_frame is only supported with resolution 1080p');
	}
	if (count('last_frame') > 0 && rules.lastFrameIsSilent && audio !== 'off') {
		throw badValue('last_frame is not supported with audio');
	}
	if (count('element') > 0 && settings.orientation === 'image') {
		throw badValue('character_orientation must be video with element');
	}
	if (count('voice') > 0 && audio === 'off') throw badValue('voice requires audio');
	if (rules.kind !== 'videos/omni-video') return;
	const [feature, base] = [count('feature_video'), count('base_video')];
	if (feature > 0 && audio !== undefined && audio !== 'off') {
		throw badValue('audio must be off with feature_video');
	}
	if (base > 0 && audio === 'native')
		throw badValue('audio native is not supported with base_video');
	if (base > 0 && multiShot) throw badValue('multi_shot must be false with base_video');
	if (base === 0 && audio === 'original') throw badValue('audio original requires base_video');
	if (count('first_frame') + feature + base === 0 && ratio === undefined) {
		throw badValue('aspect_ratio is required');
	}
	const others = count('refer_image') + count('last_frame') + feature + base;
	const isPlain = others === 0 && (count('first_frame') > 0 || count('element') === 0);
	if (rules.isO1 && isPlain && seconds !== 5 && seconds !== 10) {
		throw badValue('duration must be 5 or 10 without references');
	}
}

/** `shot 1, 3, words; shot 2, 2, words;`. Any other prompt is left to the model. */
function checkShots(prompt: string, seconds: number): void {
	if (!/^\s*shot\s+\d+\s*,/i.test(prompt)) return;
	const shots = prompt
		.split(';')
		.map((shot) => shot.trim())
		.filter((shot) => shot !== '');
	if (shots.length > MOST_SHOTS)
		throw badValue(`The number of shots must not exceed ${MOST_SHOTS}`);
	const total = shots.reduce((sum, shot, index) => {
		const [, number, length, words = ''] =
			/^shot\s+(\d+)\s*,\s*(\d+)\s*,\s*(.+)$/is.exec(shot) ?? [];
		if (Number(number) !== index + 1) throw badValue(`shot ${index + 1} is invalid: ${shot}`);
		if (Number(length) < 1) throw badValue('A shot must last at least 1 second');
		if (Array.from(words).length > SHOT_PROMPT_MAX) {
			throw badValue(
				`shot ${index + 1} exceeds the maximum length of ${SHOT_PROMPT_MAX} characters`,
			);
		}
		return sum + Number(length);
	}, 0);
	if (total !== seconds) {
		throw badValue(`The sum of shot durations (${total}) must equal duration (${seconds})`);
	}
}
