import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { png } from '../pictures';
import type { Workflow } from './lib';

const EDIT_FIELDS = 'n8n-nodes-base.set';
const FORM = 'n8n-nodes-base.formTrigger';
const VIDEO = join(__dirname, '../simulator/assets/video.mp4');
const SERVER = 'https://simulator.invalid';

/** What the examples leave to their user, by the name of the field. The simulator fetches none of it. */
const INPUTS: Readonly<Record<string, string>> = {
	firstFrame: `${SERVER}/first-frame.jpg`,
	lastFrame: `${SERVER}/last-frame.jpg`,
	images: JSON.stringify([`${SERVER}/woman.jpg`, `${SERVER}/dog.jpg`]),
	frontImage: `${SERVER}/front.jpg`,
	otherImages: JSON.stringify([`${SERVER}/side.jpg`]),
	character: `${SERVER}/character.png`,
	photo: `${SERVER}/photo.jpg`,
	person: `${SERVER}/person.jpg`,
	garment: `${SERVER}/garment.jpg`,
	motion: `${SERVER}/motion.mp4`,
};

/** What people write into the fields of forms, by their labels. */
const WRITTEN: Readonly<Record<string, string>> = {
	Title: 'Steel mug',
	Description: 'Keeps coffee hot',
	'Picture Address': `${SERVER}/mug.jpg`,
};

interface Fields {
	assignments: { assignments: Array<{ name: string; value: unknown }> };
}

/** The example with its empty fields filled in, as its note asks for. Throws for a field that is not known here. */
export function withExampleInputs(workflow: Workflow): Workflow {
	const nodes = workflow.nodes.map((node) => {
		if (node.type !== EDIT_FIELDS) return node;
		const { assignments } = (node.parameters as unknown as Fields).assignments;
		const filled = assignments.map((field) => {
			if (field.value !== '' && field.value !== '[]') return field;
			const value = INPUTS[field.name];
			if (value === undefined) throw new Error(`${workflow.name}: nothing for ${field.name}`);
			return { ...field, value };
		});
		return { ...node, parameters: { ...node.parameters, assignments: { assignments: filled } } };
	});
	return { ...workflow, nodes };
}

interface Form {
	formFields: {
		values: Array<{
			fieldType: string;
			fieldLabel: string;
			acceptFileTypes?: string;
			fieldOptions?: { values: Array<{ option: string }> };
		}>;
	};
}

/**
 * What starts an example: its form filled in, with the first of each choice and a picture or a video as the file, or an empty
 * body where it has none. Throws for a field of another type, and for a text that is not known here.
 */
export function exampleBody({ name, nodes }: Workflow): unknown {
	const form = nodes.find(({ type }) => type === FORM);
	if (!form) return {};
	const body = new FormData();
	const { values } = (form.parameters as unknown as Form).formFields;
	for (const [index, field] of values.entries()) {
		const { fieldType, fieldLabel, fieldOptions, acceptFileTypes = '' } = field;
		const [first] = fieldOptions?.values ?? [];
		const written = fieldType.startsWith('text') ? WRITTEN[fieldLabel] : undefined;
		const isVideo = acceptFileTypes.includes('.mp4');
		const bytes = new Uint8Array(isVideo ? readFileSync(VIDEO) : png(400, 400));
		const file = new Blob([bytes], { type: isVideo ? 'video/mp4' : 'image/png' });
		const fileName = isVideo ? 'video.mp4' : 'picture.png';
		if (fieldType === 'file') body.append(`field-${index}`, file, fileName);
		else if (first) body.append(`field-${index}`, first.option);
		else if (written !== undefined) body.append(`field-${index}`, written);
		else throw new Error(`${name}: nothing for ${fieldLabel}`);
	}
	return body;
}
