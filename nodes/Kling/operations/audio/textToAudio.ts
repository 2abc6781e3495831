import { durationOf, prompt } from '../../parameters/basics';
import { generation } from '../builders';

const duration = durationOf({
	min: 3,
	max: 10,
	precision: 1,
	description: 'Length of the sound, from 3 to 10, also tenths such as 4.5',
});

/** Audio → Generate Sound. */
export const textToAudio = generation('text-to-audio', {
	name: 'Generate Sound',
	description: 'Make a sound effect from a description in words',
	action: 'Generate a sound',
	fields: [
		prompt({
			placeholder: 'e.g. Rain on a tin roof',
			description: 'What is heard, in at most 200 characters',
			required: true,
			rows: 2,
		}),
		duration,
	],
	options: [],
});
