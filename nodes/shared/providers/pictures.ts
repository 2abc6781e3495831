import { KlingError } from '../core/errors';
import { fieldName } from '../core/requests';
import type { FieldName, RequestView } from '../core/requests';
import { isWebAddress } from '../core/webAddress';
import { inMegabytes, MEGABYTE } from '../core/words';
import type { Codec } from './types';

/** How large pictures may be that are sent as data: each API of a service has a limit of its own. */

/** Of most APIs. */
export const USUAL_PICTURE_MB = 10;
/** Of Kling's newer API, which is the most that any takes. */
export const LARGEST_PICTURE_MB = 50;

/** Of base64 without white space, as requests have it; 0 for the address of a picture. */
function bytesOf(picture: string | undefined): number {
	if (picture === undefined || isWebAddress(picture)) return 0;
	const padding = picture.endsWith('==') ? 2 : picture.endsWith('=') ? 1 : 0;
	return (picture.length * 3) / 4 - padding;
}

/** The sizes of the pictures that may be larger than usual, by field. */
function sizesOf(request: RequestView): Array<{ field: FieldName; bytes: number }> {
	const { image, image_tail, image_url, image_list = [], middle_frames = [] } = request;
	const one = { image, image_tail, image_url };
	const listed = image_list.map((entry) => ('image_url' in entry ? entry.image_url : entry.image));
	return [
		...Object.entries(one).map(([field, picture]) => ({ field, bytes: bytesOf(picture) })),
		...listed.map((picture) => ({ field: 'image_list', bytes: bytesOf(picture) })),
		...middle_frames.map((picture) => ({ field: 'middle_frames', bytes: bytesOf(picture) })),
	] as Array<{ field: FieldName; bytes: number }>;
}

/** Whether a request holds a picture that only an API with a larger limit takes. */
export function hasLargePicture(request: RequestView): boolean {
	return sizesOf(request).some(({ bytes }) => bytes > USUAL_PICTURE_MB * MEGABYTE);
}

/** Throws `invalidInput` for a picture that is too large for the API that serves its request. */
export function checkPictures(api: Codec, request: RequestView): void {
	const maxPictureMb = api.maxPictureMb?.(request) ?? USUAL_PICTURE_MB;
	const tooLarge = sizesOf(request).find(({ bytes }) => bytes > maxPictureMb * MEGABYTE);
	if (!tooLarge) return;
	const parameter = fieldName(request.kind, tooLarge.field);
	const has = inMegabytes(tooLarge.bytes);
	throw new KlingError(
		'invalidInput',
		`${parameter} must have at most ${maxPictureMb} MB, but has ${has} MB`,
		{ parameter, advice: LARGER },
	);
}

const LARGER = `Make it smaller, or give its web address. Images of up to ${LARGEST_PICTURE_MB} MB as data are taken by official Kling with an API key, by models from Kling V2.5 Turbo on (30 MB by Kling 4.0), for the frames of Generate From Image, the images of Generate From Mixed References and the character of Transfer Motion`;
