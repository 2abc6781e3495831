/** What is tried for one operation alone, because it is seen only together with another choice. */
import type { Parameters } from './context';
import { OTHER_PICTURE, PICTURE, text } from './material';

/** A file of the item in the place of an address. */
const asFile = (name: string, ...files: string[]): Parameters[] =>
	files.map((file) => ({ [`${name}Source`]: 'binary', [`${name}Binary`]: file }));

const inText = (name: string, ...values: unknown[]): Parameters[] =>
	values.map((value) => ({ [`${name}Source`]: 'text', [name]: value }));

const along = (choice: Parameters, cases: Parameters[]): Parameters[] =>
	cases.map((one) => ({ ...choice, ...one }));

/** Some that are right, and some that are not, of each sort of file. */
const PICTURES = ['photo', 'data', 'small', 'missing', ''];
const SOUNDS = ['voice', 'photo', 'missing', ''];
const VIDEOS = ['photo', 'missing', ''];

const SPOKEN: Parameters[] = along({ soundSource: 'text' }, [
	{ text: 'Hello' },
	{ text: '你好', voice: 'AOT' },
	{ text: text(121), voice: { mode: 'id', value: 'new' }, language: 'en' },
	{ text: 'Hello', voice: 'AOT', language: 'fr' },
	{ text: text(1001) },
	{ text: ' ' },
]);

/** By the operation's name in the editor. */
export const FURTHER_CASES: Readonly<Record<string, readonly Parameters[]>> = {
	'omni-video': asFile('videoUrl', ...VIDEOS),
	'motion-control': asFile('videoUrl', ...VIDEOS),
	'lip-sync': [{ face: 'chosen' }, { face: 'longest', videoSource: 'id', videoId: 'video-1' }]
		.flatMap((face) => along(face, [...asFile('sound', ...SOUNDS), ...SPOKEN]))
		.concat(along({ face: 'longest' }, asFile('video', ...VIDEOS))),
	avatar: asFile('sound', ...SOUNDS),
	effects: asFile('secondImage', ...PICTURES),
	'talking-agent': along({ seller: 'image' }, [
		...asFile('avatarImage', ...PICTURES),
		...inText('avatarImage', OTHER_PICTURE, 'data', ''),
	]),
	'clothing-dupe': [
		...asFile('videoUrl', ...VIDEOS),
		...asFile('modelImages', 'photo', 'data, photo', 'data, missing', ''),
		...asFile('musicUrl', ...SOUNDS),
		...along({ modelImagesSource: 'list' }, [
			{ modelImageList: `${PICTURE}, ${OTHER_PICTURE}` },
			{ modelImageList: 'nonsense' },
			{ modelImageList: '' },
		]),
	],
	'multi-image2image': ['sceneImage', 'styleImage'].flatMap((name) => [
		...asFile(name, ...PICTURES),
		...inText(name, OTHER_PICTURE, 'data', ''),
	]),
	expand: [0, 0.3, '0.5', 2, 2.1, -0.1, 'half'].map((expandRight) => ({ expandRight })),
	create: asFile('sample', ...SOUNDS),
};
