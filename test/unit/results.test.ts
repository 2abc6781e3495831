/** What a task made, as the files of its item: of each type as it is, in one order. */
import type { Result, Task } from '../../nodes/shared/core/task';
import { resultsOf } from '../../nodes/shared/core/task';
import { fileNameAs, filesOf, resultFile } from '../../nodes/shared/n8n/files';

const RESULTS: Record<Result['type'], Result> = {
	audio: { type: 'audio', id: 'a1', url: 'https://x/1', duration: 3 },
	image: { type: 'image', index: 0, url: 'https://x/2' },
	video: { type: 'video', id: 'v1', url: 'https://x/3' },
	element: { type: 'element', id: '829836802793406551', name: 'Fox' },
	voice: { type: 'voice', id: '829836802793406552', url: 'https://x/4' },
	subtitle: { type: 'subtitle', format: 'srt', url: 'https://x/5' },
};

const taskWith = (...results: Result[]): Task => ({
	id: 'a/b',
	status: 'succeed',
	message: '',
	results,
	raw: null,
});

it('videos, images, sounds, the samples of voices and subtitles are files, elements are none', () => {
	expect(filesOf(taskWith(...Object.values(RESULTS)))).toEqual([
		{ url: 'https://x/3', fileName: 'kling-a_b.mp4', mimeType: 'video/mp4' },
		{ url: 'https://x/2', fileName: 'kling-a_b.png', mimeType: 'image/png' },
		{ url: 'https://x/1', fileName: 'kling-a_b.mp3', mimeType: 'audio/mpeg' },
		{ url: 'https://x/4', fileName: 'kling-a_b.mp3', mimeType: 'audio/mpeg' },
		{ url: 'https://x/5', fileName: 'kling-a_b.srt', mimeType: 'application/x-subrip' },
	]);
	expect(filesOf(taskWith({ type: 'voice', id: '1' }))).toEqual([]);
});

it('several of one type are numbered, and each type for itself', () => {
	const names = filesOf(taskWith(RESULTS.image, RESULTS.video, RESULTS.image)).map(
		({ fileName }) => fileName,
	);
	expect(names).toEqual(['kling-a_b.mp4', 'kling-a_b-1.png', 'kling-a_b-2.png']);
});

it('subtitles of two formats have names of their own anyway', () => {
	const ass: Result = { type: 'subtitle', format: 'ass', url: 'https://x/6' };
	expect(filesOf(taskWith(RESULTS.subtitle, ass))).toMatchObject([
		{ fileName: 'kling-a_b.srt' },
		{ fileName: 'kling-a_b.ass', mimeType: 'text/x-ssa' },
	]);
});

it('a file is called what it turns out to be', () => {
	const [file] = filesOf(taskWith(RESULTS.audio));
	expect(fileNameAs('audio/wav', file!)).toBe('kling-a_b.wav');
	expect(fileNameAs('audio/unheard-of', file!)).toBe('kling-a_b.mp3');
});

it('a name of its own is written with what any file system takes', () => {
	expect(resultFile('part-left hand/2', 'https://x/7', 'image/png')).toEqual({
		url: 'https://x/7',
		fileName: 'kling-part-left_hand_2.png',
		mimeType: 'image/png',
	});
});

it.each(Object.entries(RESULTS))('%s results are found by their type', (type, result) => {
	const task = taskWith(...Object.values(RESULTS));
	expect(resultsOf(task, type as Result['type'])).toEqual([result]);
});
