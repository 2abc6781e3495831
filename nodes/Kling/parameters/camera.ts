import { field } from './field';
import { choice, number, rows } from './types';

/** How the camera moves. */

const ONLY_SIMPLE = { show: { type: ['simple'] } };

const amount = number({
	displayName: 'Amount',
	name: 'amount',
	default: 5,
	min: -10,
	max: 10,
	precision: 2,
	description: 'From -10 to 10, but not 0. The sign is the direction.',
	displayOptions: ONLY_SIMPLE,
});

const axis = choice({
	displayName: 'Axis',
	name: 'axis',
	default: 'zoom',
	description: 'What the camera does; one thing at a time',
	displayOptions: ONLY_SIMPLE,
	options: [
		{ name: 'Horizontal', value: 'horizontal', description: 'Moves left (-) or right (+)' },
		{ name: 'Pan', value: 'pan', description: 'Tips down (-) or up (+)' },
		{ name: 'Roll', value: 'roll', description: 'Rolls counter-clockwise (-) or clockwise (+)' },
		{ name: 'Tilt', value: 'tilt', description: 'Turns left (-) or right (+)' },
		{ name: 'Vertical', value: 'vertical', description: 'Moves down (-) or up (+)' },
		{ name: 'Zoom', value: 'zoom', description: 'Narrows (-) or widens (+) the view' },
	],
});

const type = choice({
	displayName: 'Type',
	name: 'type',
	default: 'simple',
	description: 'One axis of your choice, or a ready-made movement',
	options: [
		{ name: 'Down and Back', value: 'down_back', description: 'Sinks and pulls back' },
		{ name: 'Forward and Up', value: 'forward_up', description: 'Moves forward and rises' },
		{
			name: 'Left Turn and Forward',
			value: 'left_turn_forward',
			description: 'Turns left, then moves forward',
		},
		{
			name: 'Right Turn and Forward',
			value: 'right_turn_forward',
			description: 'Turns right, then moves forward',
		},
		{ name: 'Simple', value: 'simple', description: 'One axis of your choice' },
	],
});

const movements = rows(
	{
		displayName: 'Camera Movement',
		name: 'cameraMovement',
		placeholder: 'Add Camera Movement',
		description: 'How the camera moves. Without it the model decides.',
		row: { displayName: 'Movement', name: 'movement' },
		members: [type, axis, amount],
	},
	(row) => {
		const chosen = type.read(row);
		if (chosen !== 'simple') return { type: chosen };
		return { type: chosen, config: { [String(axis.read(row))]: amount.read(row) } };
	},
);

/** There is one movement at most. */
export const cameraMovement = field('camera_control', movements, ([first]) => first);
