/** What the values of parameters are made of, and what is wrong everywhere. */
import { jpeg, png } from '../pictures';
import { wav } from '../sounds';
import { N8N } from './context';

export interface Values {
	good: readonly unknown[];
	wrong?: readonly unknown[];
}

export const PICTURE = 'https://cdn.example.com/picture.jpg';
export const OTHER_PICTURE = 'https://cdn.example.com/other.png';
export const CLIP = 'https://cdn.example.com/clip.mp4';
export const SOUND = wav(3).toString('base64');
export const SAMPLE = 'https://cdn.example.com/mara.mp3';
export const BASE64 = png(640, 480).toString('base64');
export const BIG_ID = '829836802793406551';
export const OWN_TRIGGER = `${N8N}/webhook/0b5c1a52-9a0e-4f6f-9c3f-1f2d3c4b5a69/kling`;

export const text = (length: number) => 'x'.repeat(length);

/** Wrong for almost every parameter, each in its way. */
export const WRONG = [
	'',
	'  ',
	null,
	'nonsense',
	'7',
	0,
	-1,
	1e9,
	0.5,
	true,
	false,
	[],
	['a'],
	{},
	{ a: 1 },
];

/** Files that every item has. */
export const FILES: Readonly<Record<string, Buffer>> = {
	data: png(640, 480),
	photo: jpeg(1024, 768),
	small: png(100, 100),
	wide: png(3000, 300),
	text: Buffer.from('This is no picture'),
	empty: Buffer.alloc(0),
};

/** Of no use as a picture. */
export const SPEECH: Readonly<Record<string, Buffer>> = { voice: wav(3) };

/** Too heavy to be given to every item. */
export const HEAVY: Readonly<Record<string, Buffer>> = {
	heavy: png(640, 480, 10 * 1024 * 1024 + 1),
};
