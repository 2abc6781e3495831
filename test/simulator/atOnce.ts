import type { Account } from './accounts';
import { identifyFaces } from './faces';
import type { CallAnswer, PaidCall } from './paidCall';
import { recognizeParts } from './imageParts';
import { speak } from './speech';
import { isCall, type CallName, type ServiceName } from './types';
import type { Fields } from './validate/fields';
import { charge, refuseContent, refuseUnpayable } from './workshop';
import type { World } from './world';

/** The calls that are answered at once: each reads its fields as strictly as a create. */
const CALLS: Readonly<
	Record<CallName, (world: World, account: Account, fields: Fields) => PaidCall>
> = {
	'audio/tts': speak,
	'videos/identify-face': identifyFaces,
	'videos/image-recognize': recognizeParts,
};

/** The call of a path without prefix. */
export function callAt(path: string): CallName | undefined {
	const name = path.startsWith('/v1/') ? path.slice('/v1/'.length) : '';
	return isCall(name) ? name : undefined;
}

/** Refuses, or does the work and charges for it. */
export function doAtOnce(
	world: World,
	fields: Fields,
	call: { service: ServiceName; account: Account; name: CallName },
): CallAnswer {
	const { service, account, name } = call;
	const { units, text, act } = CALLS[name](world, account, fields);
	refuseContent(text);
	refuseUnpayable(account, units);
	const done = act();
	if (units > 0) charge(world, account, { service, taskId: done.id, kind: name, units });
	return done;
}
