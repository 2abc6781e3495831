import { z } from 'zod';

import type { JsonBody } from '../json';
import type { Model } from '../models';
import type { ResultType } from '../task';
import { common } from './fields';

/** How a service offers an operation. A service without an entry does not offer it. */
export interface Offer<F extends string = string> {
	/** The fields it takes, where it copied an old state of the API that does not grow any more. */
	only?: readonly F[];
	/** The fields it does not take, where it takes all others. */
	lacks?: readonly F[];
	/** What "Default for the Service" stands for. Absent where the service takes no model. */
	defaultModel?: string;
	/** All known models that serve it there, newest first, where they are not those of Kling itself. */
	models?: readonly string[];
	/** Those of its models that make it as another kind, of which `madeAs` of the definition gives the fields. */
	elsewhere?: { as: string; models: readonly string[] };
	/** The longest lists it takes, where services differ. */
	most?: Partial<Record<F, number>>;
	/** The models that the editor lists, where the service documents fewer than it may take. */
	listedModels?: readonly string[];
}

/** Ace Data Cloud has paths of its own, of which one serves several operations. */
export interface AceDataOffer<F extends string = string> extends Offer<F> {
	path: string;
	/** The word in the body that tells the operations of one path apart. */
	action?: string;
	/** The name of the model in the body: `model` unless said. */
	modelField?: string;
	/** The `type` of its records, where it tells the operation: `videos` unless said. */
	recordType?: string;
	/** The kind its records are taken for, where they do not tell the two apart. */
	listedAs?: string;
}

/** Kling's Solutions API has paths of its own, each of which serves one operation. */
export interface SolutionOffer<F extends string = string> extends Offer<F> {
	path: `/solutions/${string}`;
	/** What its page calls the wish for a watermark: `watermark` unless said. */
	watermarkField?: 'watermark_info';
}

/** One entry of `contents` in the body of a solution. */
export interface Content {
	type: string;
	/** The member that holds the value of the field; without one, the value's own members stand beside the type. */
	member?: 'url' | 'text' | 'voice_id';
	/** Files go there as addresses only. */
	addressOnly?: true;
}

/** Who offers an operation: official Kling and the relays that copy it, and those with a dialect or a limit of their own. */
export interface Offers<F extends string = string> {
	legacy?: Offer<F>;
	/** Official Kling, to those with an API key; no relay is known to pass it on. */
	solutions?: SolutionOffer<F>;
	/** Where relays copied another state of the API than the official one of today; else they offer what `legacy` says. */
	relay?: Offer<F>;
	openaiHk?: Offer<F>;
	aceData?: AceDataOffer<F>;
}

type Common = typeof common;
type FieldsOf<F> = Extract<keyof F | keyof Common, string>;
type Shape<K extends string, F extends z.ZodRawShape> = { kind: z.ZodLiteral<K> } & Common & F;
type Request<K extends string, F extends z.ZodRawShape> = z.output<z.ZodObject<Shape<K, F>>>;

/** A body, or the fields that are put into one. */
export interface BodyFields {
	[field: string]: JsonBody;
}

/** The forms in which the legacy API wants some fields, where they are not those of a request. */
interface LegacyForms {
	duration?: string | number;
	multi_prompt?: JsonBody;
	element_list?: JsonBody;
}

/** Fields of one kind, each in the form in which it leaves. */
type LegacyFields<F extends z.ZodRawShape> = Omit<z.output<z.ZodObject<F>>, keyof LegacyForms> &
	Pick<LegacyForms, Extract<keyof F, keyof LegacyForms>>;

/** What a rule of one model refuses by: "<display name> <message>", in which the model has the name that is given. */
export interface ModelFault {
	fault: (field: string, message: string) => void;
	model: string;
}

/** The same with what is known of the model: nothing, where it is in no list. */
export interface LimitFault extends ModelFault {
	of: Partial<Model>;
}

type ModelRules<R> = Readonly<Record<string, (request: R, refusing: ModelFault) => void>>;

interface Specification<K extends string, F extends z.ZodRawShape> {
	/** The word that names it in stored workflows, tasks and callback addresses. */
	kind: K;
	/** Kling's legacy path below `/v1/`, where it is made and asked for later. Absent for what the legacy API never had. */
	path?: `${'videos' | 'images' | 'audio' | 'general'}/${string}`;
	/** False where the legacy API is documented to find a task of it by the task's own id only; see `Codec.findsByName`. */
	findsByName?: false;
	/** Kling's name for it, e.g. "Text to Video". */
	label: string;
	/** Where the editor makes it, e.g. "Video → Generate From Text". */
	title: string;
	/** What it makes: the first of an item's files, and what its fields tell first. */
	result: ResultType;
	/** What it makes besides. */
	besides?: readonly ResultType[];
	/** What Kling calls its video where it tells more than that it is one; no other kind has that. */
	videoRole?: `${string}_video`;
	/** Which place it has among what most tasks are of, from 1; absent for what is made less. Searches go by it. */
	rank?: number;
	/** Seconds until the first look at a new task is worth a request, where it does not depend on the model. */
	initialDelay?: number;
	/**
	 * What a request holds beside what every create takes; each described by the editor's name of the field, which error
	 * messages use. `.describe()` comes last: zod 4 drops it when more follows.
	 */
	fields: F;
	/** Rules between fields. */
	rules?: (request: Request<K, F>, context: z.RefinementCtx) => void;
	/** Rules between fields that one model has, by its name in the table; services may call it otherwise. */
	modelRules?: ModelRules<Request<K, F>>;
	/** Rules between fields of which models tell the limits, for any model. */
	limitRules?: (request: Request<K, F>, refusing: LimitFault) => void;
	/**
	 * Where the fields lie in the body of the legacy API, where they do not lie side by side. They come in the form in which
	 * they leave; what every create takes is put beside the result.
	 */
	legacyBody?: (own: LegacyFields<F>) => BodyFields;
	/**
	 * The fields that are `contents` at Kling's Solutions API, and at Ace Data Cloud, which has copied it: a list makes one entry
	 * for each of its members. All others are `settings`.
	 */
	contents?: Partial<Record<Extract<keyof F, string>, Content>>;
	/** How the legacy API wants a duration of this kind, where that is not a text. */
	legacyDuration?: 'number';
	/**
	 * The fields of a checked request as one of another kind, where a model makes it at that kind's path (`elsewhere` of the
	 * offer). From then on it is one of that kind: in lists, callbacks and items.
	 */
	madeAs?: (request: Request<K, F>) => Record<string, unknown>;
	offers: Offers<FieldsOf<F>>;
	/** What to choose where a service lacks a field that the panel asks for, by field: "URL as Sound Input Type". */
	instead?: Partial<Record<FieldsOf<F>, string>>;
}

/**
 * All that the core knows of one kind of task. Kinds, request types, display names, what a service lacks, default models
 * and the tables of the documents are derived from the list of these (index.ts).
 */
export function defineOperation<const K extends string, F extends z.ZodRawShape>({
	rules = () => undefined,
	legacyBody,
	modelRules,
	limitRules,
	madeAs,
	contents,
	instead,
	...specification
}: Specification<K, F>) {
	const { kind, path, fields } = specification;
	const shape = { kind: z.literal(kind), ...common, ...fields } as Shape<K, F>;
	return {
		...specification,
		/** `videos`, `images`, `audio`, `general` or `solutions`: Kling counts the parallel tasks of each apart, as far as that is known. */
		group: path?.split('/')[0] ?? 'solutions',
		shape,
		contents: contents as Readonly<Record<string, Content>> | undefined,
		instead: instead as Readonly<Record<string, string>> | undefined,
		modelRules: modelRules as ModelRules<object> | undefined,
		limitRules: limitRules as ((request: object, refusing: LimitFault) => void) | undefined,
		madeAs: madeAs as ((request: object) => Record<string, unknown>) | undefined,
		legacyBody: legacyBody as ((own: BodyFields) => BodyFields) | undefined,
		schema: z.object(shape).superRefine((request, context) => {
			rules(request, context);
		}) as unknown as z.ZodType<Request<K, F>, z.ZodTypeDef, unknown>,
	};
}

/** What a call that is answered at once is asked; the fields are described as those of `defineOperation`. */
export interface CallDefinition<F extends z.ZodRawShape> {
	fields: F;
	schema: z.ZodType<z.output<z.ZodObject<F>>, z.ZodTypeDef, unknown>;
}

/** All that the core knows of a call that is answered at once. */
export function defineCall<F extends z.ZodRawShape>(
	fields: F,
	rules: (request: z.output<z.ZodObject<F>>, context: z.RefinementCtx) => void,
): CallDefinition<F> {
	const schema = z.object(fields).superRefine((request, context) => {
		rules(request, context);
	});
	return { fields, schema: schema };
}
