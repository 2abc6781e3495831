/** Of which kind a task is whose place many kinds share: by what Kling calls its video, and by what it has made. */
import type { Result } from '../../../nodes/shared/core/task';
import { resultsIn } from '../../../nodes/shared/providers/results';
import { isSolution, solutionKind } from '../../../nodes/shared/tasks/likelyKinds';
import { provider } from './support';

const KLING = provider('klingGlobal');
const CDN = 'https://cdn.example.com/results';

const taskWith = (results: Result[]) => ({
	...{ id: '1', status: 'succeed' as const, message: '', raw: null },
	results,
});
const resultsOf = (...types: string[]) =>
	resultsIn(
		{ outputs: types.map((type, index) => ({ type, url: `${CDN}/${index}` })) },
		{ kind: undefined, status: 'succeed', isTask: true },
	);

it.each<[string[], string | undefined, boolean]>([
	[['product_video'], 'clothing-dupe', true],
	[['product_image', 'product_video'], 'clothing-dupe', true],
	[['subbed_video'], 'drama-subtitle', true],
	[['subbed_video', 'srt', 'ass'], 'drama-subtitle', true],
	[['video', 'srt'], 'drama-subtitle', true],
	// Two kinds make that, and so do those that have places of their own.
	[['video'], undefined, false],
	[['other_video'], undefined, false],
	// A solution makes that, and others do.
	[['image'], 'virtual-try-on', false],
	[[], undefined, false],
])('of %j: %s, and certainly a solution: %s', (types, kind, isCertain) => {
	const task = taskWith(resultsOf(...types));
	expect(solutionKind(KLING, task)).toBe(kind);
	expect(isSolution(KLING, task)).toBe(isCertain);
});

it('a service without such a place has none of them', () => {
	const task = taskWith(resultsOf('product_video'));
	expect(solutionKind(provider('relay'), task)).toBeUndefined();
	expect(isSolution(provider('relay'), task)).toBe(false);
});
