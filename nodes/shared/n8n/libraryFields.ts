import type { JsonObject } from '../core/json';
import type { ElementResult, LibraryResult, LibraryType, VoiceResult } from '../core/task';

/** What items tell of elements and voices, apart from their ids: `null` where the service does not tell. */

function elementFields(element: Partial<ElementResult>): JsonObject {
	const { name, description, madeFrom, imageUrl, videoUrl, voiceId, tags } = element;
	return {
		name: name ?? null,
		description: description ?? null,
		madeFrom: madeFrom ?? null,
		imageUrl: imageUrl ?? null,
		videoUrl: videoUrl ?? null,
		voiceId: voiceId ?? null,
		tags: tags ?? null,
	};
}

function voiceFields({ name, url }: Partial<VoiceResult>): JsonObject {
	return { name: name ?? null, voiceUrl: url ?? null };
}

/** The fields of an element or a voice; of one that is not there yet, all of them are `null`. */
export function libraryFields(type: LibraryType, result: Partial<LibraryResult> = {}): JsonObject {
	const fields =
		type === 'element'
			? elementFields(result as Partial<ElementResult>)
			: voiceFields(result as Partial<VoiceResult>);
	return { [`${type}Id`]: result.id ?? null, ...fields };
}
