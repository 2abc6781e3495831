import { effectTitle, retirementOf } from '../../core/effects';
import { KlingError } from '../../core/errors';
import type { RequestView } from '../../core/requests';

/** What official Kling's pages say of models and effects that its legacy API takes no more, or not at all. */

/** Answered so when it was called in September 2026: <https://github.com/aself101/kling-api>, CHANGELOG.md. */
export const DISCONTINUED = ['kling-v1'];

/**
 * Announced for 2026-09-15 by those who resell it (<https://github.com/Comfy-Org/docs/pull/1326>,
 * <https://github.com/Comfy-Org/ComfyUI/pull/15676>), and missing from <https://kling.ai/document-api> since then.
 */
export const RETIRED = {
	videos: ['kling-v1-5', 'kling-v1-6', 'kling-v2-master', 'kling-v2-1', 'kling-v2-1-master'],
	images: ['kling-v1-5', 'kling-v2'],
};

/** Throws `invalidInput` for an effect that is made no more, naming what took its place. */
export function checkRetiredEffect(
	label: string,
	{ effect_scene: effect = '' }: RequestView,
): void {
	const retired = retirementOf(effect);
	if (!retired || retired.stillListed) return;
	const { on, successor } = retired;
	throw new KlingError('invalidInput', `Effect ${effect} was switched off by ${label} on ${on}`, {
		parameter: 'Effect',
		advice: successor
			? `Choose ${effectTitle(successor)} (${successor}), which replaces it`
			: 'Choose another effect from the list; nothing replaces this one',
	});
}
