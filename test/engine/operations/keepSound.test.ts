/** Keep Original Sound, which is about a video that is given. */
import { CLIP, useBench } from './support';

const bench = useBench();
const KEEP = { prompt: 'A fox', options: { keepOriginalSound: true } };

it.each(['klingGlobal', 'aceData', 'relay'] as const)(
	'needs a reference video at %s',
	async (service) => {
		const says = ['Keep Original Sound needs a Reference Video'];
		await bench.refused('omni-video', { service, parameters: KEEP, says });
	},
);

it('may be off without one', async () => {
	const parameters = { ...KEEP, options: { keepOriginalSound: false } };
	const body = await bench.wire('omni-video', 'klingGlobal', parameters);
	expect(body.video_list).toBeUndefined();
});

it('goes along with one', async () => {
	const parameters = { ...KEEP, prompt: '<<<video_1>>>', videoUrl: CLIP };
	const body = await bench.wire('omni-video', 'klingGlobal', parameters);
	expect(body.video_list).toMatchObject([{ keep_original_sound: 'yes' }]);
});
