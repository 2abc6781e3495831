/**
 * n8n stores and sends execution data "flatted": a JSON array in which every string of the first
 * level is a value and every string inside objects and arrays is an index into that array.
 */
export function unflatten(text: string): unknown {
	const entries: unknown = JSON.parse(text);
	if (!Array.isArray(entries)) throw new Error('Not flatted data');
	const done = new Map<number, unknown>();

	const valueAt = (index: number): unknown => {
		if (done.has(index)) return done.get(index);
		const raw: unknown = entries[index];
		if (typeof raw !== 'object' || raw === null) return raw;
		// Noted before it is filled, since data may refer to itself.
		if (Array.isArray(raw)) {
			const list: unknown[] = [];
			done.set(index, list);
			for (const item of raw) list.push(resolve(item));
			return list;
		}
		const object: Record<string, unknown> = {};
		done.set(index, object);
		for (const [key, value] of Object.entries(raw)) object[key] = resolve(value);
		return object;
	};
	const resolve = (value: unknown) => (typeof value === 'string' ? valueAt(Number(value)) : value);
	return valueAt(0);
}
