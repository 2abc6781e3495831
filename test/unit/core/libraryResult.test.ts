/** The answers about elements and voices, as the documents of Kling show them, and what others may make of them. */
import * as codec from '../../../nodes/shared/providers/codec';
import type { Json } from '../../../nodes/shared/core/json';
import { parseJson } from '../../../nodes/shared/core/json';
import { ALL_KINDS, KINDS } from '../../../nodes/shared/core/kinds';
import type { Kind } from '../../../nodes/shared/core/kinds';
import { parseRequest } from '../../../nodes/shared/core/requests';
import type { LibraryType, Task } from '../../../nodes/shared/core/task';
import { filesOf } from '../../../nodes/shared/n8n/files';
import { taskJson } from '../../../nodes/shared/n8n/itemJson';
import { libraryJson } from '../../../nodes/shared/n8n/libraryJson';
import type { Service } from '../../../nodes/shared/providers';
import { answer, errorOf, provider } from './support';

const ID = '814237883686625347';
const FRONT = 'https://cdn.example.com/front.jpg';
const CLIP = 'https://cdn.example.com/clip.mp4';
const TRIAL = 'https://cdn.example.com/trial.mp3';

/** A record whose element id is a bare number, as Kling writes it. */
function elementText(id: string, more = ''): string {
	return `{"code":0,"message":"SUCCEED","request_id":"r","data":{"task_id":"${ID}","task_status":"succeed","task_status_msg":"",
		"task_info":{"external_task_id":"mara-1"},"task_result":{"elements":[{"element_id":${id},"element_name":"Mara",
		"element_description":"red coat, short hair","reference_type":"image_refer",
		"element_image_list":{"frontal_image":"${FRONT}","refer_images":[{"image_url":"https://cdn.example.com/side.jpg"}]},
		"element_video_list":null,"element_voice_info":{"voice_id":"8101","voice_name":"Mara","trial_url":"${TRIAL}","owned_by":"2001"},
		"tag_list":[{"tag_id":"o_102","tag_name":"Character"}],"owned_by":"2001","status":"succeed"${more}}]},
		"final_unit_deduction":"0","created_at":1762157958060,"updated_at":1762157962060}}`;
}

const VOICE = {
	voice_id: '900000000000000125',
	voice_name: 'Mara',
	trial_url: TRIAL,
	owned_by: '2001',
};
const record = (task_result: Json, more: object = {}) => ({
	code: 0,
	message: 'SUCCEED',
	request_id: 'r',
	data: { task_id: ID, task_status: 'succeed', task_result, created_at: 1762157958060, ...more },
});

function read(body: unknown, kind: Kind, service: Service = 'klingGlobal'): Task {
	return codec.readTask(provider(service), { id: ID, kind }, answer(body));
}

describe('an element', () => {
	it.each(['900000000000000123', '829836802793406551', '9007199254740993', '8312'])(
		'with the bare number %s as its id, digit by digit',
		(id) => {
			const task = read(elementText(id), 'advanced-custom-elements');
			expect(task.results).toEqual([
				{
					type: 'element',
					id,
					name: 'Mara',
					description: 'red coat, short hair',
					madeFrom: 'images',
					imageUrl: FRONT,
					voiceId: '8101',
					tags: ['Character'],
					preset: false,
				},
			]);
			expect(taskJson(task, { kind: 'advanced-custom-elements', simplify: true })).toEqual({
				taskId: ID,
				externalTaskId: 'mara-1',
				kind: 'advanced-custom-elements',
				model: null,
				quality: null,
				prompt: null,
				status: 'succeed',
				message: '',
				elementId: id,
				name: 'Mara',
				description: 'red coat, short hair',
				madeFrom: 'images',
				imageUrl: FRONT,
				videoUrl: null,
				voiceId: '8101',
				tags: ['Character'],
				createdAt: '2025-11-03T08:19:18.060Z',
				updatedAt: '2025-11-03T08:19:22.060Z',
				unitsDeducted: 0,
			});
			// Its pictures are not what the task has made.
			expect(filesOf(task)).toEqual([]);
		},
	);

	it('is one that was deleted', () => {
		const text = elementText('900000000000000123').replace(
			'"status":"succeed"',
			'"status":"deleted"',
		);
		const [result] = read(text, 'advanced-custom-elements').results;
		expect(result).toMatchObject({ id: '900000000000000123', deleted: true });
	});

	it('of the new standard, made from a video', () => {
		const outputs = [
			{
				type: 'element',
				id: '900000000000000123',
				name: 'Mara',
				description: 'red coat',
				element_type: 'video_character_elements',
				references: [
					{ type: 'video', role: 'refer', url: CLIP },
					{ type: 'voice', id: '8101', name: 'Mara', url: TRIAL, owned_by: '2001' },
				],
				owned_by: 'kling',
				status: 'succeeded',
				tags: [{ id: 'o_102', name: 'Character', description: '' }],
			},
		];
		const batch = provider('klingGlobal').batch!;
		const data = [{ id: ID, status: 'succeeded', message: '', outputs, billing: [] }];
		expect(batch.read(answer({ code: 0, data }))).toMatchObject([
			{
				id: ID,
				status: 'succeed',
				results: [
					{
						type: 'element',
						id: '900000000000000123',
						madeFrom: 'video',
						videoUrl: CLIP,
						voiceId: '8101',
						preset: true,
						tags: ['Character'],
					},
				],
			},
		]);
	});

	it('of a callback of the new standard, whose parts have another name', () => {
		const materials = [
			{ type: 'image', role: 'refer', url: 'https://cdn.example.com/side.jpg' },
			{ type: 'image', role: 'frontal', url: FRONT },
		];
		const element = { type: 'element', id: '8312', name: 'Mara', materials };
		const claim = provider('klingGlobal').readCallback({
			id: ID,
			status: 'succeeded',
			outputs: [element],
		});
		expect(claim?.results).toMatchObject([{ type: 'element', id: '8312', imageUrl: FRONT }]);
		expect(claim?.results).toHaveLength(1);
	});

	it('without an id is none', () => {
		const body = record({ elements: [{ element_name: 'Mara' }] });
		const error = errorOf(() => read(body, 'advanced-custom-elements'));
		expect(error.details.resultMissing).toBe(true);
	});

	// Solutions have records of another form.
	const others = ALL_KINDS.filter(
		(kind) => kind !== 'advanced-custom-elements' && !KINDS[kind].contents,
	);
	it.each(others)('is no result of %s', (kind) => {
		const body = elementText('1').replace('"succeed"', '"processing"');
		const task = read(body, kind);
		expect(task.results.filter(({ type }) => type === 'element')).toEqual([]);
	});
});

describe('a voice', () => {
	const told = { type: 'voice', id: '900000000000000125', name: 'Mara', url: TRIAL, preset: false };

	it('of the legacy API, whose sample is its file', () => {
		const task = read(record({ voices: [VOICE] }), 'custom-voices');
		expect(task.results).toEqual([told]);
		expect(taskJson(task, { kind: 'custom-voices', simplify: true })).toMatchObject({
			voiceId: '900000000000000125',
			name: 'Mara',
			voiceUrl: TRIAL,
		});
		expect(filesOf(task)).toEqual([
			{ url: TRIAL, fileName: `kling-${ID}.mp3`, mimeType: 'audio/mpeg' },
		]);
	});

	it('of the new standard, which is no video although it has a link', () => {
		const output = {
			...{ type: 'voice', id: '900000000000000125', name: 'Mara', url: TRIAL },
			...{ owned_by: '2001', status: 'succeeded' },
		};
		const data = [{ id: ID, status: 'succeeded', outputs: [output] }];
		const [task] = provider('klingGlobal').batch!.read(answer({ code: 0, data }));
		expect(task?.results).toEqual([told]);
	});

	it.each([
		['flat', { success: true, task_id: ID, voice_id: 'a-1', voice_name: 'Mara', trial_url: TRIAL }],
		[
			'in a list',
			{ success: true, task_id: ID, voices: [{ id: 'a-1', name: 'Mara', url: TRIAL }] },
		],
		['as data', { success: true, data: { voice_id: 'a-1', voice_name: 'Mara', trial_url: TRIAL } }],
	])('of Ace Data Cloud, %s', (_how, response) => {
		const body = { id: ID, type: 'voices', request: { action: 'create' }, response };
		const task = read(body, 'custom-voices', 'aceData');
		expect(task).toMatchObject({ status: 'succeed', kind: 'custom-voices' });
		expect(task.results).toMatchObject([{ type: 'voice', id: 'a-1', name: 'Mara', url: TRIAL }]);
	});
});

describe('a library', () => {
	const page = (
		service: Service,
		type: LibraryType,
		body: unknown,
		library: 'own' | 'presets' = 'own',
	) =>
		provider(service).calls.libraryPage!.read(answer(body), {
			type,
			library,
			page: 1,
			pageSize: 50,
		});

	it('of presets, whose records are not those of tasks', () => {
		const [element] = (
			parseJson(elementText('900000000000000123')) as {
				data: { task_result: { elements: Json[] } };
			}
		).data.task_result.elements;
		for (const more of [{ task_id: '5' }, {}]) {
			const data = [{ ...more, task_status: 'succeed', task_result: { elements: [element!] } }];
			const read = page('klingGlobal', 'element', { code: 0, data }, 'presets');
			expect(read.size).toBe(1);
			const [entry] = read.entries;
			expect(libraryJson(entry!, 'element', true)).toMatchObject({
				elementId: '900000000000000123',
				taskId: more.task_id ?? null,
			});
		}
	});

	it('is one of presets where nobody says whose they are', () => {
		const data = [
			{ task_id: '5', task_status: 'succeed', task_result: { voices: [{ voice_id: '7' }] } },
		];
		expect(page('klingGlobal', 'voice', { code: 0, data }, 'presets').entries).toMatchObject([
			{ preset: true, result: { id: '7' } },
		]);
		expect(page('klingGlobal', 'voice', { code: 0, data }).entries).toMatchObject([
			{ preset: false },
		]);
	});

	it.each<[string, Service, unknown]>([
		['in one list, without tasks', 'relay', { code: 0, data: { voices: [VOICE] } }],
		['as items', 'aceData', { items: [VOICE] }],
		['as data', 'aceData', { success: true, data: [VOICE] }],
		['as data in data', 'aceData', { success: true, data: { items: [VOICE] } }],
		['by name', 'aceData', { success: true, voices: [VOICE] }],
		['bare', 'aceData', [VOICE]],
	])('%s', (_how, service, body) => {
		expect(page(service, 'voice', body).entries).toMatchObject([
			{ preset: false, result: { id: '900000000000000125', name: 'Mara', url: TRIAL } },
		]);
	});

	it.each<[Service, unknown]>([
		['klingGlobal', { code: 0, data: [] }],
		['klingGlobal', { code: 0, data: null }],
		['relay', { code: 0, data: { elements: [] } }],
		['aceData', { success: true, items: [] }],
	])('of nothing at %s', (service, body) => {
		expect(page(service, 'element', body)).toEqual({ entries: [], size: 0 });
	});

	it.each<[Service, unknown]>([
		['klingGlobal', { code: 0, data: {} }],
		['klingGlobal', '<html></html>'],
		['aceData', { success: true }],
	])('that is none is told, %s %j', (service, body) => {
		expect(errorOf(() => page(service, 'element', body)).kind).toBe('unreadable');
	});
});

describe('a request', () => {
	const element = {
		kind: 'advanced-custom-elements',
		element_name: 'Mara',
		element_description: 'x',
	} as const;

	it.each([
		['image_refer', {}, 'Front Image must be given'],
		['image_refer', { frontal_image: FRONT }, 'Other Images must be 1 to 3 beside the front image'],
		['video_refer', {}, 'Video URL must be given'],
		['sound_refer', {}, 'Made From must be image_refer or video_refer, not "sound_refer"'],
	])('for an element of %s with %j is refused', (reference_type, more, says) => {
		const error = errorOf(() => parseRequest({ ...element, reference_type, ...more }));
		expect(error.message).toBe(says);
	});

	it.each([
		[{}, 'Sample URL or Video ID must be given'],
		[{ voice_url: TRIAL, video_id: 'v' }, 'Video ID cannot be combined with Sample URL'],
	])('for a voice of %j is refused', (more, says) => {
		const error = errorOf(() =>
			parseRequest({ kind: 'custom-voices', voice_name: 'Mara', ...more }),
		);
		expect(error.message).toBe(says);
	});

	it('counts characters as people do', () => {
		const voice_name = '🎙'.repeat(20);
		expect(parseRequest({ kind: 'custom-voices', voice_name, voice_url: TRIAL })).toMatchObject({
			voice_name,
		});
	});
});
