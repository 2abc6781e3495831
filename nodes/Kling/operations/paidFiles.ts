import type { INodeExecutionData } from 'n8n-workflow';

import { cut } from '../../shared/core/cut';
import { toKlingError } from '../../shared/core/errors';
import type { KlingError } from '../../shared/core/errors';
import { wasStruck } from '../../shared/core/quote';
import type { ResultFile } from '../../shared/n8n/files';
import { downloadFiles } from '../../shared/n8n/items';
import type { OutputSettings } from '../../shared/n8n/outputParameters';
import type { Session } from '../../shared/n8n/session';

/** The files of a call that was paid and answered at once. */

/** What to do about files that were not fetched: there is no task to fetch them by. */
function fetchAdvice({ details }: KlingError, files: readonly ResultFile[]): string {
	const { parameter, advice } = details;
	const before =
		parameter === undefined ? advice : `Raise ${parameter}, or switch off Download Result`;
	// No retry fetches a link that was struck out.
	if (before !== undefined && files.every(({ url }) => wasStruck(url))) return before;
	const links = files
		.map(({ url }) => url)
		.filter((url) => /^https?:/i.test(url) && !wasStruck(url))
		.map((url) => cut(url));
	const told = links.length === 0 ? '' : `; the link is ${links.join(', ')}`;
	const again = `Retry this execution to fetch it once more${told}`;
	return before === undefined ? again : `${before}. ${again}`;
}

/** The files, where they are wanted and there are any. Throws `download`, with what to do. */
export async function fetchFiles(
	session: Session,
	files: readonly ResultFile[],
	output: OutputSettings,
): Promise<Pick<INodeExecutionData, 'binary'>> {
	if (output.binaryField === undefined || files.length === 0) return {};
	try {
		return { binary: await downloadFiles(session, files, output) };
	} catch (thrown) {
		const error = toKlingError(thrown);
		throw error.with({ advice: fetchAdvice(error, files) });
	}
}
