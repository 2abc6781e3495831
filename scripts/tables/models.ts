/** What each model makes and takes, from the table of models. */
import { ALL_KINDS, KINDS } from '../../nodes/shared/core/kinds';
import type { Kind } from '../../nodes/shared/core/kinds';
import { MODELS, modelsFor } from '../../nodes/shared/core/models';
import type { Limit, Model } from '../../nodes/shared/core/models';
import type { Mode } from '../../nodes/shared/core/operations/fields';
import { RETIREMENTS } from '../../nodes/shared/core/retiredModels';
import { SERVICES } from '../../nodes/shared/core/services';
import { LABELS, QUALITY } from '../../nodes/shared/core/words';
import { DIFFERENCES } from '../../nodes/shared/providers/newStandard/models';
import { code, yes } from './markdown';
import type { Table } from './markdown';

/** Newest first. */
const ALL_MODELS = Object.entries(MODELS).reverse();

/** "3–15", or "5, 10" */
function span(durations: readonly number[]): string {
	return durations.length > 3
		? `${durations[0] ?? ''}–${durations.at(-1) ?? ''}`
		: durations.join(', ');
}

/** A model, and where it is if not everywhere. */
function named(id: string, { onlyAt }: Model): string {
	if (!onlyAt) return code(id);
	// Both regions are one service.
	const titles = new Set(onlyAt.map((service) => SERVICES[service].title.replace(/ – .*/, '')));
	return `${code(id)} (${[...titles].join(', ')})`;
}

const qualityLabel = (mode: Mode) => LABELS.mode[mode];

/** "Professional, 5 s": only with that quality and length. */
function limited(limit: Limit | undefined, ...more: string[]): string {
	if (!limit) return '–';
	const parts = [
		...(limit.modes ?? []).map(qualityLabel),
		...(limit.durations ? [`${span(limit.durations)} s`] : []),
		...more,
	];
	return parts.length > 0 ? parts.join(', ') : 'yes';
}

function camera({ camera: byKind = {} }: Model): string {
	const entries = Object.entries(byKind).map(([kind, { simpleOnly, ...limit }]) => {
		const words = limited(limit, ...(simpleOnly ? ['simple only'] : []));
		return `${KINDS[kind as Kind].label}: ${words}`;
	});
	return entries.join('; ') || '–';
}

/** One model takes several shots at official Kling alone, where its newer API has it. */
function multiShot(id: string, model: Model): string {
	const isNewer = !model.multiShot && DIFFERENCES[id]?.multiShot === true;
	return isNewer ? `${LABELS.shot_type.customize} at Kling Official` : yes(model.multiShot);
}

export function modelKindsTable(): Table {
	const kindsWithModels = ALL_KINDS.filter((kind) => modelsFor(kind).length > 0);
	return {
		head: ['Model', ...kindsWithModels.map((kind) => KINDS[kind].label), 'Image Reference'],
		rows: ALL_MODELS.map(([id, model]) => [
			named(id, model),
			...kindsWithModels.map((kind) => yes(model.kinds.includes(kind))),
			yes(model.imageReference),
		]),
	};
}

const VIDEO_MODELS = ALL_MODELS.filter(([, { kinds }]) =>
	kinds.some((kind) => KINDS[kind].result === 'video'),
);

export function videoModelsTable(): Table {
	return {
		head: ['Model', QUALITY, 'Seconds', 'First check'],
		rows: VIDEO_MODELS.map(([id, model]) => [
			named(id, model),
			model.modes.map(qualityLabel).join(', ') || `${qualityLabel('std')} (no choice)`,
			span(model.durations),
			`${model.initialDelay} s`,
		]),
	};
}

export function videoFunctionsTable(): Table {
	return {
		head: [
			'Model',
			'Last frame',
			'Camera movement',
			'Sound',
			'Voices',
			'Multi-shot',
			'Elements',
			'Masks',
		],
		rows: VIDEO_MODELS.map(([id, model]) => [
			named(id, model),
			limited(
				model.lastFrame,
				...(model.lastFrame?.silent ? ['no sound'] : []),
				...(model.lastFrame?.needsFirst ? ['not alone'] : []),
			),
			camera(model),
			limited(model.sound, ...(model.sound?.always ? ['always'] : [])),
			limited(model.voices),
			multiShot(id, model),
			yes(model.elements),
			limited(model.masks),
		]),
	};
}

/** Models that are not in the table of models are of an older path, which only relays are asked by. */
function whatIsDone(model: string, certain: boolean): string {
	if (!(model in MODELS)) return 'asks another API, which takes no model';
	return certain ? 'refuses it' : 'sends it with a warning';
}

/** What official Kling and others run no more, or are said to run no more. */
export function retiredModelsTable(): Table {
	return {
		head: ['Model', 'For', 'Service', 'Since', 'What the node does', 'Source'],
		rows: RETIREMENTS.map(({ model, group, services, since, certain, source }) => [
			code(model),
			group ?? 'all',
			services.map((service) => SERVICES[service].title).join(', '),
			since,
			whatIsDone(model, certain),
			`<${source}>`,
		]),
	};
}
