import { refuseParameter } from '../../../shared/core/errors';
import { ALL_KINDS, isKind } from '../../../shared/core/kinds';
import type { Kind } from '../../../shared/core/kinds';
import type { Provider } from '../../../shared/providers';
import { checkOffered } from '../../../shared/providers/checkRequest';

/** The choice of a kind of task. */
export const MADE_BY = { displayName: 'Made By', name: 'taskKind' };

/**
 * The kind that Made By names; `others` are words that it may hold besides.
 * Throws `invalidInput`, or `notOffered` where the service lacks the kind.
 */
export function kindNamed(provider: Provider, name: unknown, others: readonly string[] = []): Kind {
	if (!isKind(name)) {
		refuseParameter(MADE_BY.displayName, `must be one of ${[...others, ...ALL_KINDS].join(', ')}`);
	}
	checkOffered(provider, name);
	return name;
}
