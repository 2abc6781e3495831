/** How prompts for several images cite them. */
import type { ModelFault } from './operations/define';
import { isLongerThan, PROMPT_MAX } from './operations/fields';
import { lengthOf } from './words';

/**
 * A prompt for so many images that cites at least one: a prompt without any citation gets them all, so "They dance" with two
 * images becomes "They dance <<<image_1>>> <<<image_2>>>".
 */
export function citingImages(prompt: string, images: number): string {
	if (images === 0 || prompt.includes('<<<image_')) return prompt;
	const citations = Array.from({ length: images }, (_, index) => `<<<image_${index + 1}>>>`);
	return `${prompt} ${citations.join(' ')}`;
}

/** What is added to the prompt must not make it too long. */
export function checkCitations(
	{ prompt, image_list: images }: { prompt: string; image_list: unknown[] },
	{ fault, model }: ModelFault,
): void {
	const cited = citingImages(prompt, images.length);
	if (cited === prompt || !isLongerThan(cited, PROMPT_MAX)) return;
	const room = PROMPT_MAX - (cited.length - prompt.length);
	fault(
		'prompt',
		`must have at most ${room} characters with ${model}, not ${lengthOf(prompt)}, or cite <<<image_1>>> itself`,
	);
}
