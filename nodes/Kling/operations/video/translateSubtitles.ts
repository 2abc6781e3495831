import { field } from '../../parameters/field';
import { address, number, rows, trimmedText } from '../../parameters/types';
import { generation } from '../builders';

const video = field(
	'video_url',
	address({
		of: 'video',
		displayName: 'Video URL',
		name: 'videoUrl',
		required: true,
		placeholder: 'e.g. https://example.com/episode-1.mp4',
		description: 'Web address of the video: at most 500 MB and 5 minutes',
	}),
);

const targetLanguage = field(
	'target_language',
	trimmedText({
		displayName: 'Target Language',
		name: 'targetLanguage',
		default: 'en',
		placeholder: 'e.g. en',
		description: 'Code of the language of the new subtitles. Kling names no other than en.',
	}),
);

const original = trimmedText({
	displayName: 'Original',
	name: 'source',
	required: true,
	placeholder: 'e.g. 林晚',
	description: 'A name or word of the video, in at most 100 characters',
});

const translation = trimmedText({
	displayName: 'Translation',
	name: 'target',
	required: true,
	placeholder: 'e.g. Lin Wan',
	description: 'What stands for it in the new subtitles, in at most 100 characters',
});

const glossary = field(
	'glossary',
	rows(
		{
			displayName: 'Glossary',
			name: 'glossary',
			typeOptions: { multipleValues: true },
			placeholder: 'Add Term',
			description: 'How names and words are to be translated: up to 200',
			row: { displayName: 'Term', name: 'term' },
			members: [original, translation],
		},
		(row) => ({ source: original.read(row) ?? '', target: translation.read(row) ?? '' }),
	),
	(terms) => (terms.length > 0 ? terms : undefined),
);

const readingSpeed = field(
	'target_cps',
	number({
		displayName: 'Characters Per Second',
		name: 'charactersPerSecond',
		default: 17,
		min: 10,
		max: 20,
		description: 'How many characters the reader of the subtitles has to read in a second, at most',
	}),
);

const margin = field(
	'margin_v',
	number({
		displayName: 'Margin (Pixels)',
		name: 'margin',
		default: 60,
		min: 1,
		max: 4096,
		description: 'How far the subtitles are from the edge. If not set, Kling decides.',
	}),
);

const fontSize = field(
	'font_size',
	number({
		displayName: 'Font Size',
		name: 'fontSize',
		default: 48,
		min: 1,
		max: 512,
		description: 'How large the subtitles are. If not set, Kling decides.',
	}),
);

/** Video → Translate Subtitles. */
export const translateSubtitles = generation('drama-subtitle', {
	name: 'Translate Subtitles',
	description:
		'Give a video subtitles in another language (Kling Drama Subtitle; official Kling with an API key only)',
	action: 'Translate the subtitles of a video',
	fields: [video, targetLanguage],
	options: [glossary, readingSpeed, fontSize, margin],
});
