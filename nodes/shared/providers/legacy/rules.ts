import { effectTitle, retirementOf } from '../../core/effects';
import { KlingError } from '../../core/errors';
import type { RequestView } from '../../core/requests';

/** What official Kling's pages say of models and effects that its legacy API takes no more, or not at all. */

/** Only at paths of the newer API, such as /text-to-video/kling-3.0-turbo: <https://kling.ai/document-api/updates/api>. */
const NEWER_API_ONLY = ['kling-v3-turbo', 'kling-3.0-turbo'];

/** Throws `invalidInput` for a model that the legacy API does not have. */
export function checkNewerApi(label: string, { model_name = '' }: RequestView): void {
	if (!NEWER_API_ONLY.includes(model_name)) return;
	throw new KlingError(
		'invalidInput',
		`Model ${model_name} works at ${label} only through its newer API, which this node does not use`,
		{
			parameter: 'Model',
			advice:
				'Choose another model such as kling-v3, or a credential for Ace Data Cloud, which has kling-v3-turbo',
		},
	);
}

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
