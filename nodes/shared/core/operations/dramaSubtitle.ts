import { z } from 'zod';

import { defineOperation } from './define';
import { listUpTo, text, webAddress, within } from './fields';
import { wholeWithin } from './images';

const term = text(100).refine((given) => given.trim() !== '', {
	message: 'must have a word and its translation in every row',
});

/** Kling's translation of subtitles: POST /solutions/drama_subtitle of the Solutions API. Its callback comes at the end only. */
export const dramaSubtitle = defineOperation({
	kind: 'drama-subtitle',
	label: 'Subtitle Translation',
	title: 'Video → Translate Subtitles',
	result: 'video',
	besides: ['subtitle'],
	videoRole: 'subbed_video',
	initialDelay: 60,
	fields: {
		video_url: webAddress.describe('Video URL'),
		glossary: listUpTo(200, z.object({ source: term, target: term }))
			.optional()
			.describe('Glossary'),
		target_language: z
			.string()
			.trim()
			.min(1, { message: 'must not be empty' })
			.optional()
			.describe('Target Language'),
		target_cps: within(10, 20).optional().describe('Characters Per Second'),
		margin_v: wholeWithin(1, 4096).optional().describe('Margin (Pixels)'),
		font_size: wholeWithin(1, 512).optional().describe('Font Size'),
	},
	contents: {
		video_url: { type: 'source_video', member: 'url' },
		glossary: { type: 'glossary' },
	},
	offers: { solutions: { path: '/solutions/drama_subtitle' } },
});
