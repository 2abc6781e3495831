/** Which kinds a task of untold kind may be of, and in which order they are asked for. */
import type { Result } from '../../../nodes/shared/core/task';
import { likelyKinds, solutionKind } from '../../../nodes/shared/tasks/likelyKinds';
import { provider } from './support';

const KLING = provider('klingGlobal');
const result = (type: string) => ({ type }) as Result;

it('are those that may have made the results, and those that make nothing besides come first', () => {
	expect(likelyKinds(KLING, [result('audio')])).toEqual(['text-to-audio', 'video-to-audio']);
});

it('are all of them where none makes such results together', () => {
	const odd = [result('element'), result('video')];
	expect(likelyKinds(KLING, odd)).toEqual(likelyKinds(KLING));
	expect(likelyKinds(KLING).length).toBeGreaterThan(10);
});

it.each<[string[], string | undefined]>([
	[['image'], 'virtual-try-on'],
	[['video', 'image'], 'clothing-dupe'],
	[['video', 'subtitle', 'subtitle'], 'drama-subtitle'],
	[['video'], undefined],
	[['audio'], undefined],
	[[], undefined],
])('of a solution with %j: %s', (types, kind) => {
	const task = { id: '1', status: 'succeed' as const, message: '', raw: null };
	expect(solutionKind(KLING, { ...task, results: types.map(result) })).toBe(kind);
});
