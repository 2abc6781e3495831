import { refuseParameter } from '../../shared/core/errors';
import { field } from './field';
import type { Field } from './field';
import { choice, number, rows, text } from './types';

/** Videos of several shots. */

const multiShotChoice = (intelligent: string) =>
	choice({
		displayName: 'Multi-Shot',
		name: 'multiShot',
		default: 'intelligence',
		description: 'Whether the video has several shots',
		options: [
			{
				name: 'Custom',
				value: 'customize',
				description: 'You describe every shot under Shots; the prompt above is ignored',
			},
			{ name: 'Intelligent', value: 'intelligence', description: intelligent },
		],
	});

const CUT = 'The model cuts the prompt into shots';
const usualChoice = multiShotChoice(CUT);

export const multiShot: Field = {
	properties: usualChoice.properties,
	read: (options) => {
		const type = usualChoice.read(options);
		return type === undefined ? {} : { multi_shot: true, shot_type: type };
	},
};

/** For the operations of a model that takes several shots only one by one. */
export const multiShotOfAll: Field = {
	...multiShot,
	properties: multiShotChoice(`${CUT}; not with kling-v3-turbo`).properties,
};

const shotDuration = number({
	displayName: 'Duration (Seconds)',
	name: 'duration',
	unit: 'seconds',
	default: 3,
	min: 1,
	max: 30,
	description: 'Length of this shot, at least 1',
});

const shotPrompt = text({
	displayName: 'Prompt',
	name: 'prompt',
	required: true,
	placeholder: 'e.g. A cat looks out of the window',
	description: 'What this shot shows, in at most 512 characters',
});

const shotRows = rows(
	{
		displayName: 'Shots',
		name: 'shots',
		typeOptions: { multipleValues: true, sortable: true, maxAllowedFields: 6 },
		placeholder: 'Add Shot',
		description: 'For Multi-Shot = Custom: 1 to 6 shots whose durations add up to Duration',
		row: { displayName: 'Shot', name: 'shot' },
		members: [shotPrompt, shotDuration],
	},
	(row, index) => ({
		index: index + 1,
		prompt: shotPrompt.read(row) ?? '',
		duration: shotDuration.read(row),
	}),
);

export const shots = field('multi_prompt', {
	properties: shotRows.properties,
	read: async (options) => {
		const given = await shotRows.read(options);
		if (given.length === 0) return undefined;
		if (usualChoice.read(options) !== 'customize') {
			refuseParameter('Shots', 'need Multi-Shot to be Custom');
		}
		return given;
	},
});
