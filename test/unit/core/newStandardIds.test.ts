/** Ids in prompts for Kling's newer API, and other words with an `@`. */
import { idsFor } from '../../../nodes/shared/providers/newStandard/citations';

const idBeside = (...words: string[]) => idsFor({ image: 1 }, words).of('image', 1);

it.each([
	['nothing', '', 'image_01'],
	['another word', '@fox', 'image_01'],
	['the same word', '@image_01', 'aimage_01'],
	['a word that begins with the id', '@image_01b', 'aimage_01'],
	['a word that the id begins with', '@im', 'aimage_01'],
	['such words of both', '@im @a', 'bimage_01'],
	['no word, as there is no @', 'image_01', 'image_01'],
])('beside %s', (_what, prompt, id) => {
	expect(idBeside(prompt)).toBe(id);
	// Of any shot.
	expect(idBeside('x', prompt)).toBe(id);
});
