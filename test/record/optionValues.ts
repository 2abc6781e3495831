/** What people, expressions and mistakes put into the options: good values first, then wrong ones. */
import { BASE64, BIG_ID, OWN_TRIGGER, PICTURE, text } from './material';
import type { Values } from './material';
import { N8N } from './context';

const movement = (movement: object) => ({ movement });
const simple = (axis: unknown, amount: unknown) => movement({ type: 'simple', axis, amount });
export const shots = (...shot: object[]) => ({ shot });
const motions = (...motion: object[]) => ({ motion });
const PATH = '[{"x": 100, "y": 100}, {"x": 200, "y": 150}]';
const longPath = (points: number) =>
	JSON.stringify(Array.from({ length: points }, (_, x) => ({ x, y: 1 })));

const picked = (value: string) => ({ __rl: true, mode: 'list', value });
const chosen = (name: string, ...ids: string[]) => ({
	[name]: ids.map((id) => ({ [`${name}Id`]: picked(id) })),
});

/** Members of the Options collections. */
export const OPTION_VALUES: Readonly<Record<string, Values>> = {
	additionalFields: {
		good: [
			'{}',
			'{"seed": 42}',
			`{"element_list": [{"element_id": ${BIG_ID}}]}`,
			{ seed: 42, nested: { list: [1, 'two', null] } },
			'{"model_name": "kling-v8", "duration": 6}',
			`{"callback_url": "${OWN_TRIGGER}", "external_task_id": "order-2"}`,
			`{"notify_hook": "${OWN_TRIGGER}"}`,
		],
		wrong: ['{"seed": ', '[1]', '"text"', 'null', '42', `{"n": ${BIG_ID}1e2}`],
	},
	aspectRatio: { good: ['16:9', '9:16', '1:1'], wrong: ['21:9', '4:3', '16x9'] },
	asmrMode: { good: [true, false], wrong: ['yes'] },
	callbackUrl: {
		good: [
			OWN_TRIGGER,
			`${OWN_TRIGGER}?token=mine&kind=text2video`,
			`${N8N}/webhook/other-path`,
			'https://elsewhere.example.org/webhook/0b5c1a52-9a0e-4f6f-9c3f-1f2d3c4b5a69/kling',
			'http://elsewhere.example.org/hook?a=1#b',
			OWN_TRIGGER.replace('/webhook/', '/webhook-test/'),
		],
		wrong: ['elsewhere.example.org/hook', 'https://', 'https://a b', `${OWN_TRIGGER}/more`],
	},
	cameraMovement: {
		good: [
			...['horizontal', 'pan', 'roll', 'tilt', 'vertical', 'zoom'].flatMap((axis) => [
				simple(axis, 5),
				simple(axis, -10),
			]),
			...['down_back', 'forward_up', 'left_turn_forward', 'right_turn_forward'].map((type) =>
				movement({ type }),
			),
			movement({}),
			[{ type: 'simple', axis: 'zoom', amount: '3' }],
		],
		wrong: [
			simple('zoom', 0),
			simple('zoom', 11),
			simple('zoom', 2.5),
			simple('zoom', 'much'),
			simple('sideways', 3),
			simple(7, 3),
			movement({ type: 'spin' }),
			movement({ type: 'down_back', axis: 'zoom', amount: 3 }),
		],
	},
	aceDuration: { good: [5, 10], wrong: [7] },
	insertAt: { good: [0, 1.5], wrong: [-1, 61] },
	originalVolume: { good: [0, 2], wrong: [2.1] },
	soundEnd: { good: [2, 2.5, '3'], wrong: [1, 61] },
	soundStart: { good: [0, 0.5], wrong: [2, -1] },
	soundVolume: { good: [0, 1.5], wrong: [-0.1] },
	speechSpeed: { good: [0.8, 1.2, 2], wrong: [0.7, 'fast'] },
	cfgScale: { good: [0, 0.5, 1, '0.7'], wrong: [1.1, -0.1, 'half', '0,5'] },
	duration: { good: [5, 10, '10'], wrong: [7, 'long'] },
	elements: {
		good: [
			chosen('element', BIG_ID),
			chosen('element', BIG_ID, '160'),
			chosen('element', ''),
			[{ elementId: BIG_ID }],
		],
		wrong: [chosen('element', 'abc'), chosen('element', '1', '2', '3', '4', '5', '6', '7', '8')],
	},
	elementVoiceId: { good: [picked(BIG_ID), BIG_ID, ''], wrong: [829836802793406600] },
	elementIds: {
		good: [BIG_ID, `${BIG_ID}, 160`, ['160', '161', '162'], 160, `${BIG_ID}\n${BIG_ID}`],
		wrong: ['abc', 829836802793406600, '1,2,3,4,5,6,7,8', '1.5', [null, 160]],
	},
	externalTaskId: {
		good: ['order-1', 42, BIG_ID, ' order-3 '],
		wrong: [829836802793406600, text(300)],
	},
	humanFidelity: { good: [0, 0.45, 1, '0.3'], wrong: [2, 'much'] },
	imageFidelity: { good: [0, 0.5, 1, '0.3'], wrong: [2, 'much'] },
	imageReference: { good: ['subject', 'face'], wrong: ['pose'] },
	keepBackground: { good: [true, false], wrong: ['some'] },
	keepFace: { good: [true, false], wrong: ['some'] },
	keepPose: { good: [true, false], wrong: ['some'] },
	keepOriginalSound: { good: [true, false], wrong: ['yes'] },
	motionBrush: {
		good: [
			motions({ mask: PICTURE, path: PATH }),
			motions(
				{ mask: 'data', path: PATH },
				{
					mask: PICTURE,
					path: [
						{ x: 1, y: 2 },
						{ x: 3, y: 4 },
					],
				},
			),
			motions({ mask: PICTURE, path: longPath(77) }),
		],
		wrong: [
			motions({ mask: PICTURE, path: '[{"x": 1' }),
			motions({ mask: PICTURE, path: longPath(1) }),
			motions({ mask: PICTURE, path: longPath(78) }),
			motions({ mask: '', path: PATH }),
			motions({ mask: 'small', path: PATH }),
			motions({ mask: PICTURE, path: '[{"x": "a", "y": 1}, {"x": 1.5, "y": -1}]' }),
			motions(...Array.from({ length: 7 }, () => ({ mask: PICTURE, path: PATH }))),
		],
	},
	middleFrames: {
		good: [PICTURE, `${PICTURE}, data`, [BASE64, PICTURE], ''],
		wrong: ['small', 'none', Array(9).fill(PICTURE), { a: 1 }],
	},
	multiShot: { good: ['intelligence', 'customize'], wrong: ['many', true] },
	negativePrompt: { good: ['blur, text', text(200)], wrong: [text(201), text(2501), 42] },
	aceModel: {
		good: ['kling-v1-6', 'kling-v1', 'kling-v1-5'],
		wrong: ['kling-v3', 'kling-v9-future'],
	},
	quality: { good: ['std', 'pro'], wrong: ['4k'] },
	relayModel: { good: ['kling-v1-6', 'kling-v1', 'kling-v9-future'], wrong: ['kling-v3', 42] },
	resolution: { good: ['1k', '2k'], wrong: ['4k'] },
	reuseTask: { good: [true, false] },
	shots: {
		good: [
			shots({ prompt: 'One', duration: 2 }, { prompt: 'Two', duration: 3 }),
			shots({ prompt: 'One', duration: '5' }),
			[{ prompt: 'One' }, { prompt: 'Two', duration: 2 }],
		],
		wrong: [
			shots({ prompt: 'One', duration: 9 }),
			shots({ duration: 5 }),
			shots({ prompt: text(513), duration: 5 }),
			shots({ prompt: 'One', duration: 'long' }),
			shots(...Array.from({ length: 7 }, () => ({ prompt: 'x', duration: 1 }))),
			shots(),
		],
	},
	simplify: { good: [true, false], wrong: ['false'] },
	sound: { good: [true, false], wrong: ['on', 'true'] },
	staticMask: {
		good: [PICTURE, BASE64, 'data', 'photo'],
		wrong: ['small', 'wide', 'text', 'none'],
	},
	tags: {
		good: [['o_102'], ['o_102', 'o_108'], 'Character, Scene', []],
		wrong: [['o_109'], 'nonsense', 7],
	},
	voices: {
		good: [chosen('voice', BIG_ID), chosen('voice', 'a', 'b'), chosen('voice', '')],
		wrong: [chosen('voice', 'a', 'b', 'c')],
	},
	voiceIds: {
		good: [BIG_ID, `${BIG_ID},77`, ['a', 'b'], 77],
		wrong: ['a,b,c', 829836802793406600],
	},
	watermark: { good: [true, false] },
	actionPrompt: { good: ['Nods', text(2500)], wrong: [text(2501)] },
	backgroundMusic: { good: [true, false] },
	polishScript: { good: [true, false] },
	price: { good: ['19.90 EUR', 5, text(256)], wrong: [text(257)] },
	sellingPoints: { good: ['Light\nTight', ['a, b', 'c']], wrong: [Array(21).fill('x'), { a: 1 }] },
	targetAudience: { good: ['Commuters'], wrong: ['x\n'.repeat(21)] },
	clothingVoice: { good: [picked('calm_sales_man'), 'Calm Sales Man', 'newer', ''] },
	glossary: {
		good: [{ term: [{ source: 'a', target: 'b' }] }, [{ source: 'a', target: 'b' }], {}],
		wrong: [{ term: [{ source: 'a' }] }, { term: [{ source: text(101), target: 'b' }] }],
	},
	charactersPerSecond: { good: [10, 17.5, '20'], wrong: [9, 21] },
	fontSize: { good: [1, 512], wrong: [0, 1.5] },
	margin: { good: [1, 4096], wrong: [0, 4097] },
};
