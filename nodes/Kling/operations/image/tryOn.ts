import type { FieldName } from '../../../shared/core/requests';
import { field } from '../../parameters/field';
import { LIMITS, picture } from '../../parameters/picture';
import { trimmedText, yesNo } from '../../parameters/types';
import { generation } from '../builders';

/** Relays have the older API, which takes the usual pictures. */
const limits = {
	words: `${LIMITS}; except at relays also WebP, and the longer side at most 2,048`,
	webp: 'notAtRelays',
	uploaded: { maxSide: 2048, anyRatio: true },
} as const;

const person = field(
	'human_image',
	picture({
		displayName: 'Person',
		name: 'person',
		description: 'Where the image of the person comes from. Official Kling takes a URL only.',
		limits,
	}),
);

const garment = field(
	'cloth_image',
	picture({
		displayName: 'Garment',
		name: 'garment',
		description:
			'Where the image of the garment comes from: clothes only, no shoes and no bags. Official Kling takes a URL only.',
		binaryDefault: 'data_1',
		limits,
	}),
);

/** What stays of the image of the person. */
function keep(name: FieldName, what: string) {
	return field(
		name,
		yesNo({
			displayName: `Keep ${what}`,
			name: `keep${what}`,
			default: true,
			description: `Whether the ${what.toLowerCase()} of the person's image stays as it is. Not at relays.`,
		}),
	);
}

const relayModel = field(
	'model_name',
	trimmedText({
		displayName: 'Model (Relays)',
		name: 'relayModel',
		default: 'kolors-virtual-try-on-v1-5',
		description:
			'The model that makes the image: kolors-virtual-try-on-v1 if not set, or kolors-virtual-try-on-v1-5, which also takes a top and a bottom in one image. Only relays take one.',
	}),
);

/** Image → Try On Clothes. */
export const tryOnClothes = generation('virtual-try-on', {
	name: 'Try On Clothes',
	description:
		'Put the garment of one image on the person of another (Kling Virtual Try-On; official Kling with an API key, Ace Data Cloud, or a relay)',
	action: 'Try on clothes',
	fields: [person, garment],
	options: [
		keep('keep_background', 'Background'),
		keep('keep_face', 'Face'),
		keep('keep_pose', 'Pose'),
		relayModel,
	],
	read: (draft, { provider }) => ({
		...draft,
		model_name: draft.model_name ?? provider.defaultModels[draft.kind],
	}),
});
