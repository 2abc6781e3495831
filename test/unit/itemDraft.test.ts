/** What a generating operation reads of an item, before anything is checked. */
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { text2video } from '../../nodes/Kling/operations/video/text2video';
import { itemReader } from '../../nodes/Kling/parameters/reader';
import type { Session } from '../../nodes/shared/n8n/session';
import { ALL_PROVIDERS } from '../../nodes/shared/providers';
import type { Provider } from '../../nodes/shared/providers';

const [official] = ALL_PROVIDERS;

function contextWith(parameters: IDataObject): IExecuteFunctions {
	const getNodeParameter = (name: string, _itemIndex: number, preset: unknown) =>
		parameters[name] ?? preset;
	return { getNodeParameter } as unknown as IExecuteFunctions;
}

const readWith = async (parameters: IDataObject, provider: Provider | undefined = official) =>
	await text2video.read(
		itemReader({ context: contextWith(parameters), provider } as unknown as Session, 0),
	);

it('has the defaults of the panel, and no option that was not added', async () => {
	const { request, reuse } = await readWith({ prompt: 'A fox', model: 'default' });
	expect(JSON.parse(JSON.stringify(request))).toEqual({
		kind: 'text2video',
		prompt: 'A fox',
		model_name: official?.defaultModels.text2video,
		mode: 'std',
		duration: 5,
		aspect_ratio: '16:9',
	});
	expect(reuse).toBe(false);
});

it.each([
	[{ reuseTask: true }, true],
	[{ reuseTask: false }, false],
	[{}, false],
])('says beside the request whether a task that exists will do: %j', async (options, expected) => {
	expect(await readWith({ prompt: 'A fox', options })).toMatchObject({ reuse: expected });
});

it('is refused where the service does not make such tasks, before a parameter is read', async () => {
	const provider = { ...official!, offers: {} };
	await expect(readWith({ options: { externalTaskId: 2 ** 60 } }, provider)).rejects.toMatchObject({
		kind: 'notOffered',
	});
});
