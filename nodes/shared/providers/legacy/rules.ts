import { effectTitle, retirementOf } from '../../core/effects';
import { KlingError } from '../../core/errors';
import type { RequestView } from '../../core/requests';

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
