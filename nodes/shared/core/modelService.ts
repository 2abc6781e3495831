import { ALL_KINDS, KINDS } from './kinds';
import type { Kind } from './kinds';
import { MODELS, modelsFor } from './models';
import type { Model } from './models';
import type { FieldName } from './requests';
import { retirementAt } from './retiredModels';
import type { Service } from './services';

/** What a service says of models. */
export interface ModelService {
	readonly service: Service;
	readonly label: string;
	/** The fields it takes, by kind. A kind that is absent is not offered at all. */
	readonly offers: Partial<Record<Kind, readonly FieldName[]>>;
	/** The model that "Default for the Service" stands for. */
	readonly defaultModels: Partial<Record<Kind, string>>;
	/** All known models that serve a kind here, newest first, where they are not those of Kling itself. */
	readonly models: Partial<Record<Kind, readonly string[]>>;
	/** Models that it has beside those of Kling's legacy API. */
	readonly newerModels?: readonly string[];
	/** What may be asked of a model that is in no list, by its name; undefined where the service has the last word. */
	readonly unlistedModel?: (name: string, kind: Kind) => Model | undefined;
	/** Names of its own for models of the table. */
	readonly modelAliases?: Readonly<Record<string, string>>;
	/** What it documents of models otherwise than the table. */
	readonly modelDifferences?: Readonly<Record<string, Partial<Model>>>;
}

/** The name that a model has in the table. */
export function tableName(
	{ modelAliases = {} }: Pick<ModelService, 'modelAliases'>,
	name: string,
): string {
	return (Object.hasOwn(modelAliases, name) ? modelAliases[name] : undefined) ?? name;
}

/** What is known of a model that is to serve a kind at a service, by its name in the table. */
export function modelAt(at: ModelService, known: string, kind: Kind): Model | undefined {
	const model = Object.hasOwn(MODELS, known) ? MODELS[known] : at.unlistedModel?.(known, kind);
	if (!model || (model.onlyAt && !model.onlyAt.includes(at.service))) return undefined;
	return { ...model, ...at.modelDifferences?.[known] };
}

/** Known models that serve a kind at a service, newest first. */
export function servedModels(at: ModelService, kind: Kind): readonly string[] {
	return at.models[kind] ?? modelsFor(kind, at.newerModels);
}

/** Whether a known model serves a kind at a service. */
export function serves(at: ModelService, kind: Kind, known: string): boolean {
	return (
		servedModels(at, kind).includes(known) ||
		at.unlistedModel?.(known, kind)?.kinds.includes(kind) === true
	);
}

/** Those that can be recommended: not switched off, nor probably so as long as there are others. */
export function offeredModels(at: ModelService, kind: Kind): readonly string[] {
	const ofModel = (id: string) => retirementAt(at.service, kind, id);
	const alive = servedModels(at, kind).filter((id) => ofModel(id)?.certain !== true);
	const current = alive.filter((id) => ofModel(id) === undefined);
	return current.length > 0 ? current : alive;
}

/** Whether it makes something of words, with or without pictures: a video to go on with is not at hand for something else. */
function startsAnew(kind: Kind): boolean {
	const { fields } = KINDS[kind];
	return 'prompt' in fields && !('video_id' in fields) && !('video_url' in fields);
}

/** Where the editor makes the like with a model, by its name in the table. */
export function othersWith(at: ModelService, known: string, kind: Kind): string[] {
	return ALL_KINDS.filter(
		(other) =>
			other !== kind &&
			at.offers[other] !== undefined &&
			KINDS[other].result === KINDS[kind].result &&
			startsAnew(other) &&
			startsAnew(kind) &&
			serves(at, other, known),
	).map((other) => KINDS[other].title);
}
