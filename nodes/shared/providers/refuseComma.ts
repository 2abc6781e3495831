import { refuseValue } from '../core/quote';
import { fieldName } from '../core/requests';
import type { RequestView } from '../core/requests';

/**
 * Refuses an External Task ID that would be asked for as two, where a list of them is separated by commas; `where`: "with this
 * model". Throws `invalidInput`.
 */
export function refuseComma(
	{ kind, external_task_id, extra = {} }: RequestView,
	where: string,
): void {
	const { external_task_id: added } = extra;
	if (external_task_id?.includes(',')) {
		const parameter = fieldName(kind, 'external_task_id');
		refuseValue(parameter, `must have no comma ${where}`, external_task_id);
	}
	if (typeof added === 'string' && added.includes(',')) {
		const allowed = `must have no comma in external_task_id ${where}`;
		refuseValue('Additional Fields (JSON)', allowed, added);
	}
}
