import type { Account } from './accounts';
import { officialTaskId } from './ids';
import { fileUrl } from './links';
import type { CallAnswer, PaidCall } from './paidCall';
import type { Fields } from './validate/fields';
import { checkImage } from './validate/images';
import type { World } from './world';

/** Of videos, though it is about a picture. */
const UNITS = 0.1;

const PARTS = ['object', 'head', 'face', 'cloth'];

/** What a picture has: everything, but for what its address says in words such as `no-face` and `no-cloth`. */
function partsIn(image: string): Array<{ type: string; contained: boolean }> {
	return PARTS.map((part) => ({
		type: `${part}_seg`,
		contained: !/^https?:/.test(image) || !image.includes(`no-${part}`),
	}));
}

/** POST /v1/videos/image-recognize */
export function recognizeParts(world: World, account: Account, fields: Fields): PaidCall {
	const image = checkImage(fields, 'image', { required: true }) ?? '';
	return { units: UNITS, text: '', act: () => recognized(world, account, image) };
}

function recognized(world: World, account: Account, image: string): CallAnswer {
	const { id, madeAt } = world.recognitions.add({ id: officialTaskId(), account: account.name });
	const expiresAt = madeAt + world.settings.resultLifetimeMs;
	const link = (index: number) =>
		fileUrl(world.cdnUrl, { taskId: id, index, watermark: false, extension: 'png' }, expiresAt);
	return {
		id,
		data: {
			task_id: id,
			task_status: 'succeed',
			task_result: {
				images: partsIn(image).map(({ type, contained }, index) => ({
					type,
					is_contain: contained,
					url: contained ? link(index) : '',
				})),
			},
			final_unit_deduction: String(UNITS),
		},
	};
}
