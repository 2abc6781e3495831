/** The rows of what makes elements and voices. */
import { CLIP, OTHER_PICTURE, PICTURE, rows } from '../support';
import type { Operation } from './types';

/** The sample of a voice. */
export const SAMPLE = 'https://pictures.example.com/mara.mp3';

export const LIBRARY_ROWS: Operation[] = [
	{
		operation: 'createFromImages',
		kind: 'advanced-custom-elements',
		makes: 'an element',
		path: 'general/advanced-custom-elements',
		parameters: {
			elementName: 'Mara',
			elementDescription: 'Red coat, short hair',
			frontImage: PICTURE,
			...rows(OTHER_PICTURE),
		},
		bodies: {
			official: {
				element_name: 'Mara',
				element_description: 'Red coat, short hair',
				reference_type: 'image_refer',
				element_image_list: {
					frontal_image: PICTURE,
					refer_images: [{ image_url: OTHER_PICTURE }],
				},
			},
		},
	},
	{
		operation: 'createFromVideo',
		kind: 'advanced-custom-elements',
		makes: 'an element',
		path: 'general/advanced-custom-elements',
		parameters: {
			elementName: 'Mara',
			elementDescription: 'Red coat, short hair',
			videoUrl: CLIP,
		},
		bodies: {
			official: {
				element_name: 'Mara',
				element_description: 'Red coat, short hair',
				reference_type: 'video_refer',
				element_video_list: { refer_videos: [{ video_url: CLIP }] },
			},
		},
	},
	{
		operation: 'create',
		kind: 'custom-voices',
		makes: 'a voice',
		path: 'general/custom-voices',
		acePath: '/kling/voices',
		parameters: { voiceName: 'Mara', sampleUrl: SAMPLE },
		bodies: {
			official: { voice_name: 'Mara', voice_url: SAMPLE },
			aceData: { action: 'create', voice_name: 'Mara', voice_url: SAMPLE, async: true },
		},
	},
];
