import type { JsonBody } from '../../core/json';
import { withExtra } from '../../core/extra';
import type { RequestView } from '../../core/requests';
import { filesIn, solutionParts } from '../../core/solutions';
import { addressOnly } from './encode';

/**
 * The body of what Kling makes by its Solutions API, at `/kling/goods-studio` and its like: the same contents and settings, and
 * beside them what Kling has in `options`. Throws `invalidInput` for files that are no web addresses.
 */
export function solutionBody(request: RequestView): { [key: string]: JsonBody } {
	const { kind, callback_url, watermark_info } = request;
	for (const { file, field } of filesIn(request)) addressOnly(file, kind, field);
	const body = { ...solutionParts(request), watermark: watermark_info?.enabled, callback_url };
	// As for every create there.
	return { ...withExtra(body, request), async: true };
}
