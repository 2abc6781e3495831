/**
 * A prompt for so many images that cites at least one: a prompt without any citation gets them all, so "They dance" with two
 * images becomes "They dance <<<image_1>>> <<<image_2>>>".
 */
export function citingImages(prompt: string, images: number): string {
	if (images === 0 || prompt.includes('<<<image_')) return prompt;
	const citations = Array.from({ length: images }, (_, index) => `<<<image_${index + 1}>>>`);
	return `${prompt} ${citations.join(' ')}`;
}
