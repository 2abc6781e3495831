/** The words that the panel and the messages share. What the panel shows of a value that has none here is the value. */

/** The panel's name of the field `mode`. */
export const QUALITY = 'Quality';

/** What is picked from a list or typed as IDs, by its two names in the panel. */
export const ELEMENTS = 'Elements (or Element IDs)';
export const VOICES = 'Voices (or Voice IDs)';

/** The panel's names of values, by field. */
export const LABELS = {
	mode: { std: 'Standard', pro: 'Professional', '4k': '4K' },
	camera: {
		simple: 'Simple',
		down_back: 'Down and Back',
		forward_up: 'Forward and Up',
		left_turn_forward: 'Left Turn and Forward',
		right_turn_forward: 'Right Turn and Forward',
	},
	shot_type: { customize: 'Custom', intelligence: 'Intelligent' },
	reference: { first_frame: 'First Frame', end_frame: 'Last Frame' },
	refer_type: { feature: 'Take Its Style or Motion', base: 'Edit It' },
	character_orientation: { image: 'Same as Image', video: 'Same as Video' },
	image_reference: { subject: 'Subject', face: 'Face' },
	resolution: { '1k': '1K', '2k': '2K', '4k': '4K' },
	result_type: { single: 'Single Images', series: 'Series' },
	language: { zh: 'Chinese', en: 'English' },
} as const;

/** What stands in the message of a schema for the value that came, and for its length; `parseRequest` fills them in. */
export const CAME = '{came}';
export const LENGTH = '{length}';

/** "a, b or c" */
export function either(words: ReadonlyArray<string | number>): string {
	const list = words.map(String);
	return list.length < 2
		? list.join('')
		: `${list.slice(0, -1).join(', ')} or ${list[list.length - 1]}`;
}

/** One character of a text each, as people count them: one beyond U+FFFF (an emoji) is two in JavaScript. */
export function lengthOf(text: string): number {
	return Array.from(text).length;
}

export const MEGABYTE = 1024 * 1024;

/** The size of a file in a refusal, rounded up: just above a limit it would seem to keep it. */
export function inMegabytes(bytes: number): string {
	return (Math.ceil((bytes / MEGABYTE) * 10) / 10).toFixed(1);
}
