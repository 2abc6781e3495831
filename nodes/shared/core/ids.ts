/**
 * Whether an id can be a part of a path. "." and ".." stand for other folders, also when they are encoded, so that another
 * call would be made; half of an emoji cannot be encoded.
 */
export function fitsInPath(id: string): boolean {
	return !/^\.{1,2}$|\p{Cs}/u.test(id);
}
